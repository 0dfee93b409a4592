using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Core.Events;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Foundation;

/// <summary>A job ends without its supervisor; Batch tells EventBridge, the foundation's rule its function, and that writes it down and tells the topic.</summary>
public sealed class EndsOfJobsOnTheEngine
{
    private const string Account = "us-east-1:000000000000";

    [Fact]
    public async Task AreWrittenDownAndToldToThoseWhoFilterForThem()
    {
        await using var engine = new FoundationFixture();
        await engine.InitializeAsync();
        var made = await engine.Bootstrap("--yes", "--parameter", "Notices=yes");
        Assert.True(made.ExitCode == 0, made.Error);
        var (failures, successes) = (await Subscribe(engine, "failures", "FAILED"), await Subscribe(engine, "successes", "SUCCEEDED"));
        var (spec, source) = (await engine.PutSpec(), new ObjectEvent { Object = new("texts", "in/a b.txt"), ETag = "e" });
        await MakeQueue(engine);
        var definition = (await engine.Json(
            "batch", "register-job-definition", "--job-definition-name", "scarnet-count", "--type", "container", "--tags", "scarnet:image=none", "--container-properties",
            new JsonObject
            {
                ["image"] = "none",
                ["command"] = new JsonArray("/bin/sh", "-c", "exit 7"),
                ["resourceRequirements"] = new JsonArray(Requirement("VCPU", "1"), Requirement("MEMORY", "128")),
                ["environment"] = new JsonArray(
                    Variable(SupervisorVariables.SpecUri, spec.Uri),
                    Variable(SupervisorVariables.SpecSha256, spec.Sha256),
                    Variable(SupervisorVariables.Event, JsonSerializer.Serialize(new BatchEvent(source, null, "request"), Core.Json.Default.BatchEvent))),
            }.ToJsonString()))["jobDefinitionArn"]!.ToString();

        var job = (await engine.Json("batch", "submit-job", "--job-name", "count-1", "--job-queue", "queue", "--job-definition", definition))["jobId"]!.ToString();
        await engine.Engine.UntilIdle();
        var record = Assert.Single((await engine.Aws("s3", "ls", "--recursive", $"s3://{engine.Artifacts}/runs/")).Trim().Split('\n'));
        var run = JsonNode.Parse(await engine.Aws("s3", "cp", $"s3://{engine.Artifacts}/{record.Split(' ')[^1]}", "-"))!;
        var message = Assert.Single((await engine.Json("sqs", "receive-message", "--queue-url", failures, "--message-attribute-names", "All"))["Messages"]!.AsArray())!;
        var notice = JsonNode.Parse(message["Body"]!.ToString())!;

        Assert.Equal(("failed", job, 7), ((string?)run["status"]?.ToString().ToLowerInvariant(), (string?)run["jobId"], (int?)run["exitCode"]));
        Assert.Equal(("FAILED", "count", job, "s3://texts/in/a b.txt"), ((string?)notice["status"], (string?)notice["function"], (string?)notice["jobId"], (string?)notice["source"]));
        Assert.Equal("7", (string?)message["MessageAttributes"]!["exit_code"]!["StringValue"]);
        Assert.Equal("", (await engine.Aws("sqs", "receive-message", "--queue-url", successes)).Trim());

        var gone = await engine.TryAws("cloudformation", "delete-stack", "--stack-name", "scarnet");
        Assert.Equal(0, gone.ExitCode);
        await engine.Aws("cloudformation", "wait", "stack-delete-complete", "--stack-name", "scarnet");
        Assert.Empty((await engine.Json("events", "list-rules"))["Rules"]!.AsArray());
        Assert.Empty((await engine.Json("sns", "list-topics"))["Topics"]!.AsArray());
    }

    private static JsonObject Requirement(string type, string value) => new() { ["type"] = type, ["value"] = value };

    private static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static async Task MakeQueue(FoundationFixture engine)
    {
        await engine.Aws(
            "batch", "create-compute-environment", "--compute-environment-name", "queue", "--type", "MANAGED", "--compute-resources",
            """{"type":"EC2","minvCpus":0,"maxvCpus":1,"instanceTypes":["optimal"],"subnets":["subnet-1"],"securityGroupIds":["sg-1"],"instanceRole":"ecsInstanceRole"}""");
        await engine.Aws("batch", "create-job-queue", "--job-queue-name", "queue", "--priority", "1", "--compute-environment-order", "order=1,computeEnvironment=queue");
    }

    /// <returns>The queue's address.</returns>
    private static async Task<string> Subscribe(FoundationFixture engine, string name, string status)
    {
        var policy = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray(new JsonObject
            {
                ["Effect"] = "Allow",
                ["Principal"] = new JsonObject { ["Service"] = "sns.amazonaws.com" },
                ["Action"] = "sqs:SendMessage",
                ["Resource"] = $"arn:aws:sqs:{Account}:{name}",
            }),
        };
        var url = (await engine.Json(
            "sqs", "create-queue", "--queue-name", name, "--attributes", new JsonObject { ["Policy"] = policy.ToJsonString() }.ToJsonString()))["QueueUrl"]!.ToString();
        var filter = new JsonObject { ["status"] = new JsonArray(status), ["function"] = new JsonArray(new JsonObject { ["prefix"] = "cou" }) };
        await engine.Aws(
            "sns", "subscribe", "--topic-arn", $"arn:aws:sns:{Account}:scarnet-notices", "--protocol", "sqs", "--notification-endpoint", $"arn:aws:sqs:{Account}:{name}",
            "--attributes", new JsonObject { ["RawMessageDelivery"] = "true", ["FilterPolicy"] = filter.ToJsonString() }.ToJsonString());
        return url;
    }
}
