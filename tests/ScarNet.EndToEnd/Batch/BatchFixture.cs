using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;
using ScarNet.Local;
using ScarNet.Local.Storage;

namespace ScarNet.EndToEnd.Batch;

/// <summary>An engine with one compute environment and one queue, both called 'shared', driven with Debian's <c>aws batch</c>.</summary>
public class BatchFixture : EngineFixture
{
    public const string Queue = "shared";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    protected override EngineSettings Settings => new() { DataDirectory = DataDirectory, BatchVcpus = 4, Clock = new FastTimers() };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await MakeQueue(Queue, maxVcpus: 4);
    }

    public async Task MakeQueue(string name, int maxVcpus, int priority = 1)
    {
        await Batch(
            "create-compute-environment", "--compute-environment-name", name, "--type", "MANAGED", "--compute-resources",
            $$"""{"type":"EC2","minvCpus":0,"maxvCpus":{{maxVcpus}},"instanceTypes":["optimal"],"subnets":["subnet-1"],"securityGroupIds":["sg-1"],"instanceRole":"ecsInstanceRole"}""");
        await Batch(
            "create-job-queue", "--job-queue-name", name, "--priority", $"{priority}", "--compute-environment-order",
            $"order=1,computeEnvironment={name}");
    }

    /// <summary>Runs <c>aws batch …</c> and reads what it answers.</summary>
    public async Task<JsonNode> Batch(params string[] arguments)
    {
        var output = await Aws(["batch", .. arguments, "--output", "json"]);
        return JsonNode.Parse(output.Length == 0 ? "{}" : output)!;
    }

    /// <summary>Runs <c>aws batch …</c>, which must be refused.</summary>
    /// <returns>What it says.</returns>
    public async Task<string> Refused(params string[] arguments)
    {
        var result = await TryAws(["batch", .. arguments]);
        Assert.Equal(254, result.ExitCode);
        return result.Error;
    }

    /// <summary>Registers a definition that runs a shell script on the host.</summary>
    /// <returns>name:revision</returns>
    public Task<string> Define(string name, string script, params string[] more) => Define(name, ["/bin/sh", "-c", script], more);

    /// <inheritdoc cref="Define(string, string, string[])"/>
    public async Task<string> Define(string name, string[] command, params string[] more)
    {
        var answer = await Batch([
            "register-job-definition", "--job-definition-name", name, "--type", "container", "--tags", "scarnet:image=none",
            "--container-properties", Properties("none", command), .. more]);
        return $"{answer["jobDefinitionName"]}:{answer["revision"]}";
    }

    public static string Properties(string image, string[] command, int memory = 64) => JsonSerializer.Serialize(new
    {
        image,
        command,
        resourceRequirements = new[] { new { type = "VCPU", value = "1" }, new { type = "MEMORY", value = $"{memory}" } },
    });

    /// <summary>Submits to the shared queue, unless <paramref name="more"/> names another.</summary>
    /// <returns>The job's id.</returns>
    public async Task<string> Submit(string definition, params string[] more)
    {
        string[] queue = more.Contains("--job-queue") ? [] : ["--job-queue", Queue];
        var answer = await Batch(["submit-job", "--job-name", "job", "--job-definition", definition, .. queue, .. more]);
        return (string)answer["jobId"]!;
    }

    public async Task<JsonNode> Describe(string jobId) => (await Batch("describe-jobs", "--jobs", jobId))["jobs"]![0]!;

    /// <summary>Waits until a job has one of the statuses, and describes it.</summary>
    public async Task<JsonNode> WaitFor(string jobId, params string[] statuses)
    {
        await Until(jobId, statuses);
        return await Describe(jobId);
    }

    public Task<JsonNode> WaitForEnd(string jobId) => WaitFor(jobId, "SUCCEEDED", "FAILED");

    /// <summary>Waits until a job has one of the statuses.</summary>
    public async Task Until(string jobId, params string[] statuses)
    {
        string[] names = ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED", "FAILED"];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Deadline);
        while (!statuses.Contains(names[Status(jobId)]))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>All lines of an attempt's log.</summary>
    public async Task<IReadOnlyList<string>> Log(JsonNode job)
    {
        var answer = await Aws(
            "logs", "get-log-events", "--log-group-name", "/aws/batch/job", "--start-from-head", "--log-stream-name",
            (string)job["container"]!["logStreamName"]!, "--output", "json");
        return [.. JsonNode.Parse(answer)!["events"]!.AsArray().Select(entry => (string)entry!["message"]!)];
    }

    private long Status(string jobId) => Engine.Context.Database.Read(connection =>
        connection.Number("SELECT status FROM batch_jobs WHERE id = $id", ("$id", jobId)))!.Value;
}
