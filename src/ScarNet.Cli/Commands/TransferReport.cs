using ScarNet.Cli.Output;
using ScarNet.Cli.Transfers;

namespace ScarNet.Cli.Commands;

/// <summary>What <c>put</c> and <c>get</c> say in the end.</summary>
internal static class TransferReport
{
    public static FailedTransfer Failure(TransferFailure failure) =>
        new(failure.From, failure.To, failure.Reason.Message.ReplaceLineEndings(" ").TrimEnd('.'));

    /// <returns>The exit code.</returns>
    public static int Give(Session session, TransferAnswer answer, string where)
    {
        foreach (var failure in answer.Failed)
        {
            session.Terminal.Fail($"{failure.From}: {failure.Reason}", null);
        }

        session.Terminal.Answer(
            session.Options.Json,
            answer,
            AnswerJson.Shapes.TransferAnswer,
            a => Printable.Of($"{Amount.Of(a.Files.Count, "file")}, {Amount.OfBytes(a.Bytes)} {where}"));
        return answer.Failed.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
