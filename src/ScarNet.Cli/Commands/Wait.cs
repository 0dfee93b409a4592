using ScarNet.Cli.Output;
using ScarNet.Cli.Runs;
using ScarNet.Core;

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
        if (!clients.Status.HasEndpoint)
        {
            throw new ScarException(
                "'wait' asks an engine, and none is given: AWS cannot tell what is still to be done",
                "'scarnet wait --local', or AWS_ENDPOINT_URL for an engine elsewhere");
        }

        var watch = new Quiescence(clients.Status, session.Clock);
        var (functions, atRest, stuck) = await session.Terminal.Watch(session.Clock, board => watch.Reach(names, request.Timeout, board, cancellation));
        StuckWork.Tell(session.Terminal, stuck);
        var answer = new WaitAnswer(
            atRest,
            functions.Sum(f => f.Pending),
            functions.Sum(f => f.Running),
            functions.Sum(f => f.Succeeded),
            functions.Sum(f => f.Failed),
            functions,
            stuck);
        session.Terminal.Answer(session.Options.Json, answer, AnswerJson.Shapes.WaitAnswer, Text);
        return answer is { Done: true, Failed: 0 } ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Text(WaitAnswer a) => a.Done
        ? $"nothing is pending: {a.Succeeded} done, {a.Failed} failed"
        : $"not done{(a.Stuck.Count > 0 ? "" : " in time")}: {a.Pending} pending, {a.Running} running, {a.Succeeded} done, {a.Failed} failed";
}
