using System.Text.Json;

namespace ScarNet.EndToEnd.Batch;

public sealed class KeepingLimits(BatchFixture batch) : IClassFixture<BatchFixture>
{
    [Fact]
    public async Task ADefinitionMayHave24Kibibytes()
    {
        await batch.Define("fits", ["echo", new string('x', 23_000)]);

        var error = await batch.Refused(
            "register-job-definition", "--job-definition-name", "large", "--type", "container", "--container-properties",
            BatchFixture.Properties("none", ["echo", new string('x', 24 * 1024)]));

        Assert.Contains("(ClientException)", error);
        Assert.Contains("Job definition size must be less than 24 KiB, got 25 KiB", error);
    }

    [Fact]
    public async Task ARequestMayHave30Kibibytes()
    {
        var definition = await batch.Define("submit", "true");

        var error = await batch.Refused(
            "submit-job", "--job-name", "large", "--job-queue", BatchFixture.Queue, "--job-definition", definition, "--container-overrides",
            Overrides(30 * 1024));

        Assert.Contains("Job size must be less than 30 KiB, got 31 KiB", error);
    }

    [Fact]
    public async Task OverridesOfMoreThan8192CharactersFailAfterTheSubmission()
    {
        var definition = await batch.Define("overrides", "true");

        var job = await batch.WaitForEnd(await batch.Submit(definition, "--container-overrides", Overrides(8192)));

        Assert.Equal("FAILED", (string?)job["status"]);
        Assert.Equal("Container Overrides length must be at most 8192", (string?)job["statusReason"]);
        Assert.Empty(job["attempts"]!.AsArray());
        Assert.Equal("SUCCEEDED", (string?)(await batch.WaitForEnd(await batch.Submit(definition, "--container-overrides", Overrides(7000))))["status"]);
    }

    [Fact]
    public async Task AJobThatCanNeverRunSaysSo()
    {
        await batch.MakeQueue("tiny", maxVcpus: 1);
        var definition = await batch.Define("wide", "true");

        var id = await batch.Submit(
            definition, "--job-queue", "tiny", "--container-overrides", "resourceRequirements=[{type=VCPU,value=2}]");
        await batch.Until(id, "RUNNABLE");
        var next = await batch.WaitForEnd(await batch.Submit(definition, "--job-queue", "tiny"));

        Assert.Equal("SUCCEEDED", (string?)next["status"]); // it holds up nobody
        Assert.StartsWith("MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE", (string?)(await batch.Describe(id))["statusReason"]);

        await batch.Batch("update-compute-environment", "--compute-environment", "tiny", "--compute-resources", "maxvCpus=2");
        Assert.Equal("SUCCEEDED", (string?)(await batch.WaitForEnd(id))["status"]);
    }

    private static string Overrides(int length) =>
        JsonSerializer.Serialize(new { environment = new[] { new { name = "E", value = new string('x', length) } } });
}
