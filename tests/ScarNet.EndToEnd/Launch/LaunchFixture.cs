using System.Formats.Tar;
using System.Text.Json;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Supervisor;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Launch;

/// <summary>An engine to which functions are deployed as <c>scarnet init</c> does it, with the real supervisor.</summary>
public sealed class LaunchFixture : IAsyncLifetime
{
    private readonly List<string> directories = [];
    private Task<string>? runner;

    public SupervisorFixture Engine { get; } = new();

    public ValueTask InitializeAsync() => Engine.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        foreach (var directory in directories.Where(Directory.Exists))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>A function whose script runs in an image, as a Batch job.</summary>
    public static FunctionDefinition Function(string image, string script, LaunchMode launch = LaunchMode.Auto)
    {
        var name = "launch-" + Guid.NewGuid().ToString("N")[..10];
        return new()
        {
            Name = name,
            Image = image,
            Script = ScriptSource.Lines([script]),
            Mode = ExecutionMode.Batch,
            Launch = launch,
            Triggers = [new(SupervisorFixture.Inbox, name + "/")],
            Outputs = [new(SupervisorFixture.Outbox, name + "/")],
            Retries = 0,
            Batch = new() { MemoryMiB = 64 },
        };
    }

    /// <summary>Deploys the functions of one file.</summary>
    public async Task Init(params IReadOnlyList<FunctionDefinition> functions) =>
        await Applier.Apply(await Plan(functions), null, TestContext.Current.CancellationToken);

    public Task<DeployPlan> Plan(params IReadOnlyList<FunctionDefinition> functions) => Planner.Plan(
        new Pipeline("tests", functions),
        new DeploySettings { Clients = Engine.Clients, Supervisor = ScarNet.EndToEnd.Supervisor.SupervisorBinary.FullName },
        TestContext.Current.CancellationToken);

    /// <summary>Deploys a function, gives it an object, and waits for its end.</summary>
    /// <returns>The record of its run.</returns>
    public async Task<RunRecord> Run(FunctionDefinition function, string content = "hello\n")
    {
        await Init(function);
        await Engine.Put($"{function.Name}/in.txt", content);
        await Engine.Engine.UntilIdle();
        var runs = await Runs(function);
        Assert.True(runs is [{ Status: not RunStatus.Submitted }], runs is [{ JobId: { } job }] ? $"{await Engine.Describe(job)}" : $"there are {runs.Count} runs");
        return runs[0];
    }

    public Task<IReadOnlyList<RunRecord>> Runs(FunctionDefinition function) => Engine.Runs(SpecOf(function));

    public Task<IReadOnlyDictionary<string, string>> Outputs(FunctionDefinition function, string prefix = "") =>
        Engine.Outputs(SpecOf(function), prefix);

    /// <summary>What the fixture's look-ups by function need.</summary>
    private JobSpec SpecOf(FunctionDefinition function) => Engine.Function("true") with { Function = function.Name };

    /// <summary>Every line that a run's job has said.</summary>
    public async Task<IReadOnlyList<string>> Log(RunRecord run) => await Engine.Log(await Engine.Describe(run.RequestId!));

    /// <summary>A directory of the machine; removed at the end.</summary>
    public string NewDirectory()
    {
        var directory = Directory.CreateTempSubdirectory("scarnet-launch-").FullName;
        directories.Add(directory);
        return directory;
    }

    /// <summary>An image that holds the supervisor and nothing else.</summary>
    public Task<string> Runner(DockerFixture docker) => runner ??= MakeRunner(docker);

    private static async Task<string> MakeRunner(DockerFixture docker)
    {
        using var bytes = new MemoryStream((int)new FileInfo(Supervisor.SupervisorBinary.FullName).Length + (1 << 16));
        await using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            await tar.WriteEntryAsync(Supervisor.SupervisorBinary.FullName, "opt/scarnet/supervisor");
        }

        return await docker.Import(bytes.ToArray(), "runner");
    }

    /// <summary>Where a supervisor looks for Docker.</summary>
    public const string Socket = "/var/run/docker.sock";

    /// <summary>Starts a supervisor as a job of nobody's: a container with Docker's socket, which works on one object.</summary>
    /// <param name="runner">Image of the supervisor.</param>
    /// <param name="spec">The function.</param>
    /// <param name="jobId">The job that it believes to be.</param>
    /// <param name="options">More of <c>docker run</c>.</param>
    /// <returns>The container's id.</returns>
    public async Task<string> StartSupervisor(string runner, JobSpec spec, string jobId, params IEnumerable<string> options)
    {
        var variables = new Dictionary<string, string>(Engine.ClientEnvironment)
        {
            [SupervisorVariables.Spec] = JsonSerializer.Serialize(spec, Json.Default.JobSpec),
            ["AWS_BATCH_JOB_ID"] = jobId,
            ["AWS_BATCH_JOB_ATTEMPT"] = "1",
        };
        string[] socket = options.Any(option => option.EndsWith(":" + Socket, StringComparison.Ordinal)) ? [] : ["--volume", $"{UndyingDocker.Real}:{Socket}"];
        var id = await DockerFixture.Run([
            "run", "--detach", "--network", "host", .. socket,
            .. variables.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" }),
            .. options, runner, "/opt/scarnet/supervisor",
        ]);
        return id.Trim();
    }

    /// <summary>Waits for a container's end and takes it away.</summary>
    /// <returns>Its exit code and all it said.</returns>
    public static async Task<(int ExitCode, string Said)> End(string container)
    {
        var code = int.Parse(await DockerFixture.Run(["wait", container]));
        var said = await Command.Run("docker", ["logs", container]);
        await DockerFixture.Run(["rm", container]);
        return (code, said.Output + said.Error);
    }

    /// <summary>Names of the containers with a label, running or not.</summary>
    public static async Task<string[]> Containers(string label) =>
        (await DockerFixture.Run(["ps", "--all", "--format", "{{.Names}}", "--filter", $"label={label}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
