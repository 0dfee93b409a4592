using System.Text.Json;
using ScarNet.Core;
using ScarNet.Core.Events;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class WritingDocuments
{
    [Fact]
    public void ReadsASpecBackAsItWas()
    {
        var spec = new JobSpec
        {
            Function = "f",
            Pipeline = "p",
            Mode = ExecutionMode.LambdaBatch,
            Script = new("#!/bin/sh\necho 'ü'\n", null, "abc", ["a b"]),
            Environment = new Dictionary<string, string> { ["X"] = "010" },
            Triggers = [new("in", "data/", [".txt"])],
            Outputs = [new("out", "{request_id}/", ["a"], [".jpg"], Required: true)],
            OnFailure = FailurePolicy.Discard,
            Overwrite = true,
            MaxHops = 3,
            TimeoutThresholdSeconds = 2.5,
            BatchTimeoutSeconds = 60,
            LogLevel = "DEBUG",
            ArtifactBucket = "artifacts",
            Account = "000000000000",
        };

        var json = JsonSerializer.Serialize(spec, Json.Default.JobSpec);
        var read = JsonSerializer.Deserialize(json, Json.Default.JobSpec);

        Assert.Equal(json, JsonSerializer.Serialize(read, Json.Default.JobSpec));
        Assert.True(read?.Triggers[0].Matches("in", "data/a.txt"));
        Assert.Equal("a b", read?.Script.Arguments[0]);
    }

    [Fact]
    public void ReadsAClaimBackAsItWas()
    {
        var claim = new Claim
        {
            State = ClaimState.Submitted,
            Owner = "r1",
            Attempt = 2,
            LeaseUntil = DateTimeOffset.UnixEpoch.AddDays(1),
            Started = DateTimeOffset.UnixEpoch,
            Event = new ObjectEvent { Object = new("in", "a"), ETag = "e" },
            JobName = "f-a-01234567",
            JobId = "j1",
            Outputs = [new("out", "k", 3, "e", null)],
        };

        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(claim, Json.Default.Claim), Json.Default.Claim);

        Assert.Equal(claim.Outputs, read?.Outputs);
        Assert.Equal(claim, read! with { Outputs = claim.Outputs });
    }

    [Fact]
    public void GivesWhatASpecLeavesOutItsDefault()
    {
        const string Json = """{"function":"f","pipeline":"p","mode":"Lambda","script":{"text":"","sha256":"x","arguments":[]},"artifactBucket":"a","account":"1"}""";

        var spec = JsonSerializer.Deserialize(Json, ScarNet.Core.Json.Default.JobSpec)!;

        Assert.Empty(spec.Triggers);
        Assert.Empty(spec.Outputs);
        Assert.Empty(spec.Environment);
        Assert.Equal(32, spec.MaxHops);
    }
}
