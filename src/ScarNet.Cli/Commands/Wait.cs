using ScarNet.Cli.Output;
using ScarNet.Cli.Runs;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet wait</c>.</summary>
internal sealed class Wait(Session session)
{
    public async Task<int> Run(WaitRequest request, CancellationToken cancellation)
    {
        var names = request.Names.ToHashSet();
        if (request.Files.Count > 0)
        {
            if (PipelineFiles.Load(request.Files, session) is not { } pipeline)
            {
                return ExitCode.Wrong;
            }

            names.UnionWith(pipeline.Functions.Select(f => f.Name));
        }

        using var clients = await Cloud.Connect(session, cancellation);
        var watch = new Quiescence(clients.Status, session.Clock);
        var (functions, atRest) = await session.Terminal.Watch(session.Clock, board => watch.Reach(names, request.Timeout, board, cancellation));
        var answer = new WaitAnswer(
            atRest,
            functions.Sum(f => f.Pending),
            functions.Sum(f => f.Running),
            functions.Sum(f => f.Succeeded),
            functions.Sum(f => f.Failed),
            functions);
        session.Terminal.Answer(session.Options.Json, answer, AnswerJson.Shapes.WaitAnswer, Text);
        return answer is { Done: true, Failed: 0 } ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Text(WaitAnswer a) => a.Done
        ? $"nothing is pending: {a.Succeeded} done, {a.Failed} failed"
        : $"not done in time: {a.Pending} pending, {a.Running} running, {a.Succeeded} done, {a.Failed} failed";
}
