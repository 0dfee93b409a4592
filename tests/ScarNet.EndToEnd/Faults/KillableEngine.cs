using System.Diagnostics;
using System.Text.Json;
using ScarNet.Aws;
using ScarNet.EndToEnd.Support;
using ScarNet.Local;

namespace ScarNet.EndToEnd.Faults;

/// <summary>The engine as a process of its own, as users start it, which a test may kill and start again on the same directory.</summary>
internal sealed class KillableEngine(string data) : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly List<AwsClients> clients = [];

    public string Data => data;

    public int Pid { get; private set; }

    public string Endpoint { get; private set; } = "";

    /// <summary>What a client needs to reach the engine and nothing else of this machine's AWS settings.</summary>
    public IReadOnlyDictionary<string, string> ClientEnvironment { get; private set; } = new Dictionary<string, string>();

    /// <summary>Clients of the engine that was started last.</summary>
    public AwsClients Clients => clients[^1];

    /// <summary>Starts it and returns once it answers.</summary>
    public async Task Start()
    {
        await Scarnet("local", "start", "--data", data);
        var address = Read<EngineAddress>("engine.json");
        var keys = Read<EngineCredentials>("credentials.json");
        Pid = address.Pid;
        Endpoint = address.Endpoint;
        ClientEnvironment = new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = keys.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = keys.SecretKey,
            ["AWS_DEFAULT_REGION"] = address.Region,
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        };
        clients.Add(new AwsClients(new AwsSettings
        {
            Endpoint = address.Endpoint,
            Region = address.Region,
            AccessKey = keys.AccessKey,
            SecretKey = keys.SecretKey,
        }));
    }

    /// <summary><c>kill -9</c>; returns once the process is gone.</summary>
    public async Task Kill()
    {
        using var process = Process.GetProcessById(Pid);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Longest, TestContext.Current.CancellationToken);
    }

    /// <summary>Processes whose program lies in the engine's directory: its supervisors on the host.</summary>
    public IReadOnlyList<int> Supervisors() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(process => int.TryParse(Path.GetFileName(process), out _) && Runs(process))
            .Select(process => int.Parse(Path.GetFileName(process))),
    ];

    /// <summary>Runs the command line against this engine and expects success.</summary>
    public Task<CommandResult> Local(params string[] arguments) => Scarnet([.. arguments, "--local", "--data", data]);

    /// <summary>Runs the command line against this engine and tells how it ended.</summary>
    public Task<CommandResult> TryLocal(params string[] arguments) => TryScarnet([.. arguments, "--local", "--data", data]);

    public async ValueTask DisposeAsync()
    {
        await Scarnet("local", "stop", "--data", data);
        clients.ForEach(c => c.Dispose());
    }

    private static async Task<CommandResult> Scarnet(params string[] arguments)
    {
        var result = await TryScarnet(arguments);
        Assert.True(result.ExitCode == 0, $"scarnet {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Error}\n{result.Output}");
        return result;
    }

    private static Task<CommandResult> TryScarnet(params string[] arguments) =>
        Command.Run(Repository.Launcher, arguments, deadline: TimeSpan.FromMinutes(6));

    private bool Runs(string process)
    {
        try
        {
            return new FileInfo(Path.Join(process, "exe")).LinkTarget?.StartsWith(data + "/", StringComparison.Ordinal) ?? false;
        }
        catch (IOException)
        {
            return false; // it ended meanwhile
        }
    }

    private T Read<T>(string file) =>
        JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Join(data, file)), EngineJson.Default.Options)!;
}
