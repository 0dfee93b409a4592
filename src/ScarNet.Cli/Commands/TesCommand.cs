using System.CommandLine;
using ScarNet.Cli.Tes;
using ScarNet.Local.Http;

namespace ScarNet.Cli.Commands;

internal static class TesCommand
{
    private const int UsualPort = 8000;
    private const int UsualConcurrency = 2;

    public static DocumentedCommand Create()
    {
        var tes = new DocumentedCommand("tes", "a GA4GH TES server on 127.0.0.1", "COMMAND", "scarnet tes serve --port 8000");
        tes.Subcommands.Add(Serve());
        return tes;
    }

    private static DocumentedCommand Serve()
    {
        var port = new Option<int>("--port") { Description = "port; 0 is a free one", HelpName = "PORT", DefaultValueFactory = _ => UsualPort };
        var atOnce = new Option<int>("--concurrency") { Description = "tasks at once", HelpName = "N", DefaultValueFactory = _ => UsualConcurrency };
        atOnce.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var n) && n is < 1 or > 1000)
            {
                result.AddError("--concurrency is 1 to 1000");
            }
        });
        var files = new Option<bool>("--allow-files") { Description = "let tasks read and write files of this machine (file://)" };
        var command = new DocumentedCommand(
            "serve",
            "answer GA4GH TES 1.1 on 127.0.0.1 until Ctrl-C; tasks are kept below --data",
            "[--port PORT] [--concurrency N] [options]",
            "scarnet tes serve --local --port 8000",
            "curl -d @md5sum.json http://127.0.0.1:8000/ga4gh/tes/v1/tasks");
        command.AddAll([port, atOnce, files]);
        return command.Does((parse, session, cancellation) =>
            Run(session, parse.GetValue(port), parse.GetValue(atOnce), parse.GetValue(files), cancellation));
    }

    private static async Task<int> Run(Session session, int port, int atOnce, bool allowFiles, CancellationToken cancellation)
    {
        var environment = await Cloud.Variables(session, cancellation);
        using var store = new TaskStore(Path.Join(session.DataDirectory, "tes"), session.Clock);
        await using var host = await KestrelHost.Listen(port, cancellation);
        await using var queue = new TaskQueue(Installation.Supervisor, environment, allowFiles, atOnce);
        var server = new TesServer(store, queue, host.Port, session.Clock.GetUtcNow(), ProductVersion.Line.Split(' ')[^1]);
        foreach (var task in store.Waiting())
        {
            queue.Add(task);
        }

        host.Serve(server.Handle);
        Console.Out.WriteLine($"http://127.0.0.1:{host.Port}/ga4gh/tes/v1");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        catch (OperationCanceledException)
        {
            await host.Stop(CancellationToken.None);
        }

        return ExitCode.Done;
    }
}
