using System.Text.Json;
using ScarNet.Benchmarks.Clients;

namespace ScarNet.Benchmarks.Subjects;

/// <summary>The engine as users start it: <c>scarnet local start</c>, a process of its own.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private readonly Scratch scratch;

    private EngineProcess(Scratch scratch) => this.scratch = scratch;

    public required S3Endpoint S3 { get; init; }

    public required int Pid { get; init; }

    /// <summary>What <c>scarnet local env</c> exports.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string DataDirectory { get; init; }

    public static async Task<EngineProcess> Start(CancellationToken cancellation)
    {
        var owned = new Scratch();
        var data = owned.File("data");
        await Command.Run(Repository.Launcher, ["local", "start", "--data", data], null, cancellation);
        var environment = Parse(await Command.Run(Repository.Launcher, ["local", "env", "--data", data], null, cancellation));
        using var engine = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(data, "engine.json"), cancellation));
        return new EngineProcess(owned)
        {
            DataDirectory = data,
            Environment = environment,
            Pid = engine.RootElement.GetProperty("pid").GetInt32(),
            S3 = new S3Endpoint(
                new Uri(environment["AWS_ENDPOINT_URL"]), environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]),
        };
    }

    /// <summary>Runs the CLI against this engine.</summary>
    public Task<string> Scarnet(CancellationToken cancellation, params string[] arguments) =>
        Command.Run(Repository.Launcher, [.. arguments, "--local", "--data", DataDirectory], null, cancellation);

    public async ValueTask DisposeAsync()
    {
        await Command.Run(Repository.Launcher, ["local", "stop", "--data", DataDirectory], null, CancellationToken.None);
        scratch.Dispose();
    }

    private static Dictionary<string, string> Parse(string exports) => exports
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(line => line.StartsWith("export ", StringComparison.Ordinal))
        .Select(line => line["export ".Length..].Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1].Trim('\'', '"'));
}
