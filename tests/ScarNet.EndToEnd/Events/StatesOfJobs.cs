using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Batch;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Events;

/// <summary>"Batch Job State Change", as a queue behind a rule gets it.</summary>
public sealed class StatesOfJobs(BatchFixture engine) : IClassFixture<BatchFixture>
{
    private const string Account = "us-east-1:000000000000";

    [Fact]
    public async Task AreToldInTheirOrder()
    {
        var queue = await Rule("all", """{"source":["aws.batch"],"detail":{"jobName":["watched"]}}""");
        var definition = await engine.Define("watched", "exit 3");

        var job = (await engine.Batch("submit-job", "--job-name", "watched", "--job-queue", BatchFixture.Queue, "--job-definition", definition))["jobId"]!.ToString();
        await engine.Engine.UntilIdle();
        var told = await Receive(queue);

        Assert.Equal(
            ["SUBMITTED", "RUNNABLE", "STARTING", "RUNNING", "FAILED"],
            told.Select(document => (string?)document["detail"]!["status"]).Where(status => status != "PENDING"));
        Assert.All(told, document => Assert.Equal((job, "Batch Job State Change"), ((string?)document["detail"]!["jobId"], (string?)document["detail-type"])));
        var last = told[^1];
        Assert.Equal(last["detail"]!["jobArn"]!.ToString(), last["resources"]![0]!.ToString());
        Assert.Equal((3, "Essential container in task exited"), ((int?)last["detail"]!["container"]!["exitCode"], (string?)last["detail"]!["statusReason"]));
    }

    [Fact]
    public async Task AreToldOfTheChildrenOfArraysToo()
    {
        var queue = await Rule("ends", """{"source":["aws.batch"],"detail":{"jobName":["crowd"],"status":["SUCCEEDED","FAILED"]}}""");
        var definition = await engine.Define("crowd", "exit $AWS_BATCH_JOB_ARRAY_INDEX");

        await engine.Batch("submit-job", "--job-name", "crowd", "--job-queue", BatchFixture.Queue, "--job-definition", definition, "--array-properties", "size=2");
        await engine.Engine.UntilIdle();
        var told = (await Receive(queue)).Select(document => document["detail"]!).ToList();

        Assert.Equal(
            ["0 SUCCEEDED", "1 FAILED", "parent FAILED"],
            told.Select(detail => $"{detail["arrayProperties"]!["index"]?.ToString() ?? "parent"} {detail["status"]}").Order(StringComparer.Ordinal));
    }

    /// <returns>Address of the queue behind it.</returns>
    private async Task<string> Rule(string name, string pattern)
    {
        var policy = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray(new JsonObject
            {
                ["Effect"] = "Allow",
                ["Principal"] = new JsonObject { ["Service"] = "events.amazonaws.com" },
                ["Action"] = "sqs:SendMessage",
                ["Resource"] = $"arn:aws:sqs:{Account}:{name}",
            }),
        };
        var made = await engine.Aws(
            "sqs", "create-queue", "--queue-name", name, "--attributes", new JsonObject { ["Policy"] = policy.ToJsonString() }.ToJsonString(), "--output", "json");
        await engine.Aws("events", "put-rule", "--name", name, "--event-pattern", pattern);
        await engine.Aws("events", "put-targets", "--rule", name, "--targets", $"Id=q,Arn=arn:aws:sqs:{Account}:{name}");
        return JsonDocument.Parse(made).RootElement.GetProperty("QueueUrl").GetString()!;
    }

    private async Task<IReadOnlyList<JsonNode>> Receive(string url)
    {
        var answer = await engine.Aws("sqs", "receive-message", "--queue-url", url, "--max-number-of-messages", "10", "--output", "json");
        return [.. JsonNode.Parse(answer)!["Messages"]!.AsArray().Select(message => JsonNode.Parse(message!["Body"]!.ToString())!)];
    }
}
