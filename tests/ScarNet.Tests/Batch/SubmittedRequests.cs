using System.Text.Json.Nodes;
using ScarNet.Local.Batch;
using ScarNet.Local.Http;

namespace ScarNet.Tests.Batch;

public sealed class SubmittedRequests
{
    private const string Properties =
        """{"image":"i","command":["run","Ref::a"],"resourceRequirements":[{"type":"VCPU","value":"0.5"},{"type":"MEMORY","value":"64"}],"environment":[{"name":"A","value":"1"}]}""";

    [Theory]
    [InlineData("""{"jobName":"-a"}""", "jobName '-a' must begin")]
    [InlineData("""{"jobName":"a b"}""", "jobName 'a b' must begin")]
    [InlineData("""{"jobName":7}""", "jobName must be a string")]
    [InlineData("""{}""", "jobName is required")]
    [InlineData("""{"jobName":"a","arrayProperties":{"size":1}}""", "Array size must be between 2 and 10000, got 1")]
    [InlineData("""{"jobName":"a","arrayProperties":{"size":10001}}""", "got 10001")]
    [InlineData("""{"jobName":"a","timeout":{"attemptDurationSeconds":59}}""", "at least 60 seconds")]
    [InlineData("""{"jobName":"a","retryStrategy":{"attempts":11}}""", "between 1 and 10, got 11")]
    [InlineData("""{"jobName":"a","dependsOn":[{"type":"N_TO_N","jobId":"x"}]}""", "is for array jobs")]
    [InlineData("""{"jobName":"a","dependsOn":[{}]}""", "needs a jobId")]
    [InlineData("""{"jobName":"a","eksPropertiesOverride":{}}""", "does not run eksPropertiesOverride")]
    [InlineData("""{"jobName":"a","nodeOverrides":{}}""", "does not run nodeOverrides")]
    public void AreRefusedWithTheReason(string given, string message)
    {
        var body = JsonNode.Parse(given)!.AsObject();
        body["jobQueue"] = "q";
        body["jobDefinition"] = "d";

        var error = Assert.Throws<ApiException>(() => JobRequest.Read(body, 100));

        Assert.Equal((400, "ClientException"), (error.Status, error.Code));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void MayDependOnTwentyJobsAtMost()
    {
        var body = Request("""{"dependsOn":[]}""");
        body["dependsOn"] = new JsonArray([.. Enumerable.Range(0, 21).Select(n => (JsonNode)new JsonObject { ["jobId"] = $"{n}" })]);

        Assert.Contains("at most 20", Assert.Throws<ApiException>(() => JobRequest.Read(body, 100)).Message);
    }

    [Fact]
    public void MayHaveThirtyKibibytes()
    {
        JobRequest.Read(Request("{}"), 30 * 1024);

        var error = Assert.Throws<ApiException>(() => JobRequest.Read(Request("{}"), 46 * 1024 + 1));

        Assert.Equal("Job size must be less than 30 KiB, got 47 KiB", error.Message);
    }

    [Fact]
    public void OverrideTheDefinition()
    {
        var body = Request("""
            {"parameters":{"a":"x"},"timeout":{"attemptDurationSeconds":90},"containerOverrides":{
             "environment":[{"name":"A","value":"2"},{"name":"B","value":"3"}],
             "resourceRequirements":[{"type":"MEMORY","value":"128"}]}}
            """);
        var definition = Definition("""{"parameters":{"a":"default"},"retryStrategy":{"attempts":4}}""");

        var plan = JobPlan.Read(JobRequest.Read(body, 100).Document("id", definition));

        Assert.Equal(["run", "x"], plan.Command);
        Assert.Equal(500, plan.MilliCpus);
        Assert.Equal(128, plan.MemoryMiB);
        Assert.Equal("2", plan.Environment["A"]);
        Assert.Equal("3", plan.Environment["B"]);
        Assert.Equal(4, plan.Attempts);
        Assert.Equal(TimeSpan.FromSeconds(90), plan.Timeout);
    }

    [Fact]
    public void CannotOverrideResourceRequirementsWithTheDeprecatedMembers()
    {
        var body = Request("""{"containerOverrides":{"vcpus":2,"memory":4096},"parameters":{"a":""}}""");

        var plan = JobPlan.Read(JobRequest.Read(body, 100).Document("id", Definition("{}")));

        Assert.Equal((500, 64), (plan.MilliCpus, plan.MemoryMiB));
    }

    [Fact]
    public void MustNotSetVariablesOfBatch()
    {
        var body = Request("""{"containerOverrides":{"environment":[{"name":"AWS_BATCH_X","value":""}]},"parameters":{"a":""}}""");

        Assert.Contains(
            "AWS_BATCH_X", Assert.Throws<ApiException>(() => JobRequest.Read(body, 100).Document("id", Definition("{}"))).Message);
    }

    [Fact]
    public void CountTheCharactersOfTheirOverrides()
    {
        var small = JobRequest.Read(Request("""{"parameters":{"a":""}}"""), 100).Document("id", Definition("{}"));
        var body = Request("""{"parameters":{"a":""},"containerOverrides":{"environment":[]}}""");
        body["containerOverrides"]!["environment"] = new JsonArray(new JsonObject { ["name"] = "E", ["value"] = new string('"', 4000) });
        var large = JobRequest.Read(body, 100).Document("id", Definition("{}"));

        Assert.InRange((int)small[JobRequest.OverridesLength]!, 1, 400);
        Assert.InRange((int)large[JobRequest.OverridesLength]!, OverridesLimit.MaxCharacters - 192, OverridesLimit.MaxCharacters + 400);
    }

    private static JsonObject Request(string more)
    {
        var body = JsonNode.Parse(more)!.AsObject();
        body["jobName"] = "a";
        body["jobQueue"] = "q";
        body["jobDefinition"] = "d";
        return body;
    }

    private static JsonObject Definition(string more)
    {
        var document = JsonNode.Parse(more)!.AsObject();
        document["containerProperties"] = JsonNode.Parse(Properties);
        return document;
    }
}
