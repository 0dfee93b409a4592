using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class KnowingResultsAgain
{
    private static readonly JobSpec Spec = new()
    {
        Function = "f",
        Pipeline = "p",
        Mode = ExecutionMode.Lambda,
        Script = new("echo", null, "abc", ["a"]),
        Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" },
        Outputs = [new("out", "{key_stem}/")],
        Image = "debian:12",
        SkipIfDone = true,
        ArtifactBucket = "artifacts",
        Account = "000000000000",
    };

    public static TheoryData<string, JobSpec, bool> Changes => new()
    {
        { "nothing", Spec, true },
        { "order of the environment", Spec with { Environment = new Dictionary<string, string> { ["B"] = "2", ["A"] = "1" } }, true },
        { "where the script lies", Spec with { Script = new(null, null, "abc", ["a"]) }, true },
        { "when it is ended", Spec with { BatchTimeoutSeconds = 60, TimeoutThresholdSeconds = 3, LogLevel = "DEBUG", MaxHops = 3 }, true },
        { "where it runs", Spec with { Mode = ExecutionMode.Batch, BatchMemoryMiB = 4096 }, true },
        { "how the image is started", Spec with { Sibling = new("debian:12", 1, 64, false) }, true },
        { "what starts it", Spec with { Triggers = [new("in", "")] }, true },
        { "script", Spec with { Script = new("echo", null, "abd", ["a"]) }, false },
        { "arguments", Spec with { Script = new("echo", null, "abc", ["b"]) }, false },
        { "environment", Spec with { Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "3" } }, false },
        { "image", Spec with { Image = "debian:13" }, false },
        { "outputs", Spec with { Outputs = [new("out", "{key_stem}/", [], [".txt"])] }, false },
        { "tags", Spec with { Outputs = [new("out", "{key_stem}/") { Properties = new() { Tags = new Dictionary<string, string> { ["a"] = "b" } } }] }, false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void LooksAtWhatTheResultDependsOn(string what, JobSpec other, bool same)
    {
        Assert.True(same == (Key(Spec) == Key(other)), what);
    }

    [Fact]
    public void LooksAtTheInputsAndWhereTheOutputsGo()
    {
        Assert.NotEqual(Key(Spec), Key(Spec, version: "e2"));
        Assert.NotEqual(Key(Spec), Key(Spec, stem: "other"));
        Assert.Equal(Key(Spec), Key(Spec, request: "r2")); // no output has {request_id}
        var perRequest = Spec with { Outputs = [new("out", "{request_id}/")] };
        Assert.NotEqual(Key(perRequest), Key(perRequest, request: "r2"));
    }

    [Fact]
    public void LooksAtWhatIsBehindTheNameOfAnImage()
    {
        Assert.NotEqual(Key(Spec, image: "sha256:1"), Key(Spec, image: "sha256:2"));
        Assert.Equal(Key(Spec, image: "sha256:1"), Key(Spec with { Image = "debian:stable" }, image: "sha256:1"));
    }

    private static string Key(JobSpec spec, string version = "e1", string stem = "x", string request = "r1", string? image = null) =>
        ResultKey.Of(spec, new OutputNames("f", request, stem), [new("s3://in/x", version)], image);
}
