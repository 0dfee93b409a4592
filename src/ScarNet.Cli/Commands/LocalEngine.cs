using ScarNet.Aws;
using ScarNet.Cli.Local;
using ScarNet.Cli.Output;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

/// <summary>What <c>scarnet local …</c> does.</summary>
internal sealed class LocalEngine(Session session)
{
    private readonly Terminal terminal = session.Terminal;
    private readonly EngineProcess process = new(session.DataDirectory, session.Clock);

    public async Task<int> Start(EngineOptions options, CancellationToken cancellation)
    {
        var (access, started) = await process.Ensure(options, session.Options.Region, cancellation);
        if (!started)
        {
            terminal.Say($"scarnet: the engine was running already (pid {access.Pid})");
        }

        terminal.Answer(
            session.Options.Json,
            new EngineAnswer("running", access.Endpoint, access.Pid, session.DataDirectory, started),
            AnswerJson.Shapes.EngineAnswer,
            answer => answer.Endpoint!);
        return ExitCode.Done;
    }

    public async Task<int> Stop(CancellationToken cancellation)
    {
        var stopped = await process.Stop(cancellation);
        terminal.Answer(
            session.Options.Json,
            new EngineAnswer("stopped", null, null, session.DataDirectory, null),
            AnswerJson.Shapes.EngineAnswer,
            _ => stopped ? "stopped" : "the engine was not running");
        return ExitCode.Done;
    }

    public async Task<int> Status(CancellationToken cancellation)
    {
        if (await process.Find(cancellation) is not { } access)
        {
            terminal.Answer(
                session.Options.Json,
                new EngineAnswer("stopped", null, null, session.DataDirectory, null),
                AnswerJson.Shapes.EngineAnswer,
                answer => $"the engine of {answer.Data} is not running");
            return ExitCode.Failed;
        }

        using var clients = new AwsClients(access.AwsSettings);
        var status = await clients.Status.Get(cancellation);
        terminal.Answer(session.Options.Json, StatusAnswer.Of(status), AnswerJson.Shapes.StatusAnswer, StatusText.Of);
        return ExitCode.Done;
    }

    public async Task<int> Env(CancellationToken cancellation)
    {
        var access = await process.Find(cancellation)
            ?? throw new ScarException($"the engine of '{session.DataDirectory}' is not running", "'scarnet local start' starts it");
        var variables = new SortedDictionary<string, string>(access.Variables.ToDictionary(v => v.Name, v => v.Value), StringComparer.Ordinal);
        terminal.Answer(
            session.Options.Json,
            variables,
            AnswerJson.Shapes.SortedDictionaryStringString,
            answer => string.Join('\n', answer.Select(v => $"export {v.Key}={ShellWord.Quote(v.Value)}")));
        return ExitCode.Done;
    }

    public async Task<int> Reset(bool yes, CancellationToken cancellation)
    {
        await Question.Confirm(terminal, $"Remove everything the engine keeps in {session.DataDirectory}?", yes, cancellation);
        var removed = await process.Reset(cancellation);
        terminal.Say(removed ? $"scarnet: removed what the engine kept in {session.DataDirectory}" : "scarnet: there was nothing to remove");
        return ExitCode.Done;
    }
}
