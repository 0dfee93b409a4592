using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Aws;
using ScarNet.Cli.Foundation;
using ScarNet.Core;
using ScarNet.Core.Events;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Foundation;

/// <summary><c>scarnet bootstrap</c> and what it leaves behind.</summary>
public sealed class Bootstrapping
{
    [Fact]
    public async Task ShowsMakesAndKeeps()
    {
        await using var engine = await Started();

        var shown = await engine.Bootstrap("--show");
        Assert.True(shown.ExitCode == 0, shown.Error);
        Assert.Contains("+ ArtifactBucket AWS::S3::Bucket\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("+ JobState AWS::Lambda::Function\n", shown.Output, StringComparison.Ordinal);
        Assert.Empty((await engine.Json("cloudformation", "describe-stacks"))["Stacks"]!.AsArray());
        Assert.Empty((await engine.Json("s3api", "list-buckets"))["Buckets"]?.AsArray() ?? []);

        var unasked = await engine.Bootstrap();
        Assert.Equal(2, unasked.ExitCode);
        Assert.Contains("--yes says yes", unasked.Error, StringComparison.Ordinal);
        Assert.Empty((await engine.Json("cloudformation", "describe-stacks"))["Stacks"]!.AsArray());

        var made = await engine.Bootstrap("--yes");
        Assert.True(made.ExitCode == 0, made.Error);
        Assert.Contains("CREATE_COMPLETE ArtifactBucket AWS::S3::Bucket", made.Error, StringComparison.Ordinal);
        Assert.Contains($"ArtifactBucket: {engine.Artifacts}", made.Output, StringComparison.Ordinal);
        Assert.Equal("provided.al2023", (string?)(await engine.Json("lambda", "get-function-configuration", "--function-name", "scarnet-job-state"))["Runtime"]);

        var again = await engine.Bootstrap("--yes");
        Assert.Equal((0, "nothing to do: the foundation 'scarnet' is as it should be\n"), (again.ExitCode, again.Output));

        var changed = await engine.Bootstrap("--yes", "--parameter", "ClaimDays=30", "--output", "json");
        Assert.True(changed.ExitCode == 0, changed.Error);
        var change = Assert.Single(JsonNode.Parse(changed.Output)!["changes"]!.AsArray())!;
        Assert.Equal(("modify", "ArtifactBucket", "LifecycleConfiguration"), ((string?)change["action"], (string?)change["resource"], (string?)change["fields"]![0]));
    }

    [Fact]
    public async Task TakesABucketThatInitHasMadeIntoTheStack()
    {
        await using var engine = await Started();
        await engine.Aws("s3", "mb", $"s3://{engine.Artifacts}");

        var made = await engine.Bootstrap("--yes");

        Assert.True(made.ExitCode == 0, made.Error);
        Assert.Contains("< ArtifactBucket AWS::S3::Bucket", made.Error, StringComparison.Ordinal);
        Assert.Contains("claims/", await engine.Aws("s3api", "get-bucket-lifecycle-configuration", "--bucket", engine.Artifacts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutsTheCodeIntoTheBucketThatTheStackReadsItFrom()
    {
        await using var engine = await Started();
        await engine.Aws("s3", "mb", "s3://own-code");

        var made = await engine.Bootstrap("--yes", "--parameter", "CodeBucket=own-code");
        var objects = (await engine.Json("s3api", "list-objects-v2", "--bucket", "own-code"))["Contents"]!.AsArray();
        await engine.Aws("s3", "rm", $"s3://own-code/{(string)objects[0]!["Key"]!}");
        var again = await engine.Bootstrap("--yes", "--parameter", "ClaimDays=30");

        Assert.True(made.ExitCode == 0, made.Error);
        Assert.StartsWith("code/scarnet-job-state/", (string)Assert.Single(objects)!["Key"]!, StringComparison.Ordinal);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Single((await engine.Json("s3api", "list-objects-v2", "--bucket", "own-code"))["Contents"]!.AsArray());
    }

    [Fact]
    public async Task LeavesAStackThatAnotherRunHasMadeMeanwhile()
    {
        await using var engine = await Started();
        using var clients = new AwsClients(new AwsSettings
        {
            AccessKey = engine.Engine.AccessKey,
            SecretKey = engine.Engine.SecretKey,
            Endpoint = engine.Engine.Endpoint.GetLeftPart(UriPartial.Authority),
            Region = engine.Engine.Region,
        });
        var stacks = new Stacks(clients.CloudFormation, "scarnet");
        var (ours, theirs) = (await stacks.Prepare(null, NoCode, TestContext.Current.CancellationToken), await stacks.Prepare(null, NoCode, TestContext.Current.CancellationToken));
        await stacks.Execute(theirs!.Value.Id, _ => { }, TestContext.Current.CancellationToken);

        await stacks.Drop(ours!.Value.Id, ours.Value.EmptyStack, TestContext.Current.CancellationToken);

        Assert.Equal("CREATE_COMPLETE", (await stacks.Find(TestContext.Current.CancellationToken))?.StackStatus);
    }

    [Fact]
    public async Task TakesAnEmptyStackAwayWhenItIsInterruptedAtItsQuestion()
    {
        await using var engine = await Started();

        var asked = await Command.Run(
            "/usr/bin/python3",
            [Path.Join(AppContext.BaseDirectory, "testdata/interrupted-question.py"), Repository.Launcher, "bootstrap", "--local", "--data", engine.DataDirectory],
            new Dictionary<string, string> { ["TERM"] = "xterm" });

        Assert.True(asked.Output.EndsWith("ended with 130\n", StringComparison.Ordinal), asked.Output + asked.Error);
        Assert.Empty((await engine.Json("cloudformation", "describe-stacks"))["Stacks"]!.AsArray());
    }

    [Fact]
    public async Task SaysInTheStacksOwnWordsWhatFailed()
    {
        await using var engine = await Started();
        await engine.Aws("logs", "create-log-group", "--log-group-name", "/aws/lambda/scarnet-job-state");

        var made = await engine.Bootstrap("--yes");

        Assert.Equal(1, made.ExitCode);
        Assert.Contains("scarnet: error: stack 'scarnet' ended in UPDATE_ROLLBACK_COMPLETE", made.Error, StringComparison.Ordinal);
        Assert.Contains("scarnet: error: JobStateLogs (AWS::Logs::LogGroup): ", made.Error, StringComparison.Ordinal);
        await engine.Aws("logs", "delete-log-group", "--log-group-name", "/aws/lambda/scarnet-job-state");
        var again = await engine.Bootstrap("--yes");
        Assert.True(again.ExitCode == 0, again.Error);
    }

    [Theory]
    [InlineData("Subnet=x", "the foundation has no parameter 'Subnet'", 2)]
    [InlineData("Subnets", "gives no parameter a value", 2)]
    [InlineData("ClaimDays=3", "must be a number not less than 15", 1)]
    public async Task RefusesParametersThatMayNotBe(string parameter, string said, int exitCode)
    {
        await using var engine = await Started();

        var refused = await engine.Bootstrap("--yes", "--parameter", parameter);

        Assert.Contains(said, refused.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, refused.ExitCode);
    }

    [Fact]
    public async Task LeavesAFunctionThatWritesTheEndOfAJobWhichNeverBegan()
    {
        await using var engine = await Started();
        Assert.Equal(0, (await engine.Bootstrap("--yes")).ExitCode);
        var spec = await engine.PutSpec();
        var source = new ObjectEvent { Object = new("texts", "in/a b.txt"), ETag = "e" };
        var invocation = Invocation.IdOf("count", source);
        var claim = new Claim
        {
            State = ClaimState.Submitted,
            Owner = "request",
            JobId = "job-1",
            LeaseUntil = DateTimeOffset.UnixEpoch,
            Started = DateTimeOffset.UnixEpoch,
            Event = source,
        };
        using var s3 = engine.NewS3();
        await s3.PutObjectAsync(
            new() { BucketName = engine.Artifacts, Key = ArtifactKeys.Claim("count", invocation), ContentBody = JsonSerializer.Serialize(claim, Core.Json.Default.Claim) },
            TestContext.Current.CancellationToken);
        var e = engine.WriteFile("event.json", new JsonObject
        {
            ["source"] = "aws.batch",
            ["detail-type"] = "Batch Job State Change",
            ["time"] = "2026-01-02T03:04:05Z",
            ["detail"] = new JsonObject
            {
                ["jobId"] = "job-1",
                ["jobName"] = "count-1",
                ["jobQueue"] = "arn:aws:batch:us-east-1:000000000000:job-queue/scarnet",
                ["status"] = "FAILED",
                ["statusReason"] = "Host EC2 (instance i-1) terminated.",
                ["createdAt"] = 1767322800000,
                ["container"] = new JsonObject
                {
                    ["environment"] = new JsonArray(
                        Variable(SupervisorVariables.SpecUri, spec.Uri),
                        Variable(SupervisorVariables.SpecSha256, spec.Sha256),
                        Variable(SupervisorVariables.Event, JsonSerializer.Serialize(new BatchEvent(source, null, "request"), Core.Json.Default.BatchEvent))),
                },
            },
        }.ToJsonString());

        var first = await Invoke();
        var second = await Invoke();

        Assert.Equal(("written", "known"), ((string?)first["status"], (string?)second["status"]));
        using var record = await s3.GetObjectAsync(engine.Artifacts, ArtifactKeys.Run("count", DateTimeOffset.UnixEpoch, invocation), TestContext.Current.CancellationToken);
        var run = (await JsonSerializer.DeserializeAsync(record.ResponseStream, Core.Json.Default.RunRecord, TestContext.Current.CancellationToken))!;
        Assert.Equal((RunStatus.Failed, "job-1", "AWS Batch ended the job: Host EC2 (instance i-1) terminated."), (run.Status, run.JobId, run.Error));
        using var closed = await s3.GetObjectAsync(engine.Artifacts, ArtifactKeys.Claim("count", invocation), TestContext.Current.CancellationToken);
        Assert.Equal(ClaimState.Failed, (await JsonSerializer.DeserializeAsync(closed.ResponseStream, Core.Json.Default.Claim, TestContext.Current.CancellationToken))!.State);

        async Task<JsonNode> Invoke()
        {
            await engine.Aws("lambda", "invoke", "--function-name", "scarnet-job-state", "--cli-binary-format", "raw-in-base64-out", "--payload", $"file://{e}", "answer.json");
            return JsonNode.Parse(await File.ReadAllTextAsync(Path.Join(engine.Files, "answer.json"), TestContext.Current.CancellationToken))!;
        }

        static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };
    }

    private static Dictionary<string, string> NoCode => new() { ["CodeKey"] = "" };

    private static async Task<FoundationFixture> Started()
    {
        var engine = new FoundationFixture();
        await engine.InitializeAsync();
        return engine;
    }
}
