using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class OffloadingScripts
{
    [Fact]
    public void KeepsTheScriptInsideWhileTheRequestFits()
    {
        var placement = Offload.OfSpec(Spec("echo"), "echo"u8.ToArray(), _ => Offload.MaxDefinitionBytes);

        Assert.Empty(placement.Uploads);
        Assert.Equal("echo", Read(placement).Script.Text);
    }

    [Theory]
    [InlineData(Offload.MaxDefinitionBytes, 0)]
    [InlineData(Offload.MaxDefinitionBytes + 1, 1)]
    public void DecidesOnTheSerializedRequestNotOnTheScript(int size, int uploads)
    {
        var script = new string('"', 10_000); // 10,000 bytes that JSON makes several times as long

        var placement = Offload.OfSpec(Spec(script), Encoding.UTF8.GetBytes(script), environment =>
            environment[SupervisorVariables.Spec].Length > 10_000 ? size : 1000);

        Assert.Equal(uploads, placement.Uploads.Count);
    }

    [Fact]
    public void PutsTheScriptUnderItsHash()
    {
        var script = new string('x', 30_000);

        var placement = Offload.OfSpec(Spec(script), Encoding.UTF8.GetBytes(script), e => e.Values.Sum(v => v.Length));

        var upload = Assert.Single(placement.Uploads);
        Assert.Equal("scripts/" + Convert.ToHexStringLower(SHA256.HashData(upload.Content.Span)), upload.Key);
        Assert.Null(Read(placement).Script.Content());
        Assert.Equal(upload.Sha256, Read(placement).Script.Sha256);
    }

    [Fact]
    public void PutsTheWholeSpecApartWhenTheRestIsTooLarge()
    {
        var spec = Spec("echo") with { Environment = new Dictionary<string, string> { ["BIG"] = new string('x', 30_000) } };

        var placement = Offload.OfSpec(spec, "echo"u8.ToArray(), e => e.Values.Sum(v => v.Length));

        Assert.Equal(2, placement.Uploads.Count);
        Assert.Equal($"s3://artifacts/{placement.Uploads[1].Key}", placement.Environment[SupervisorVariables.SpecUri]);
        Assert.Equal(placement.Uploads[1].Sha256, placement.Environment[SupervisorVariables.SpecSha256]);
    }

    [Theory]
    [InlineData(Offload.MaxOverridesCharacters, SupervisorVariables.Event)]
    [InlineData(Offload.MaxOverridesCharacters + 1, SupervisorVariables.EventUri)]
    public void PutsLargeEventsApart(int characters, string variable)
    {
        var e = new BatchEvent(null, "{}", "r1");

        var placement = Offload.OfEvent(e, Spec("echo"), _ => characters);

        Assert.Contains(variable, placement.Environment.Keys);
    }

    [Fact]
    public void CarriesScriptsThatAreNotText()
    {
        byte[] script = [0x7F, (byte)'E', (byte)'L', (byte)'F', 0xFF];

        var spec = ScriptSpec.Inside(script, []);

        Assert.Null(spec.Text);
        Assert.Equal(script, spec.Content());
    }

    private static JobSpec Read(Offload.Placement placement) =>
        JsonSerializer.Deserialize(placement.Environment[SupervisorVariables.Spec], Json.Default.JobSpec)!;

    private static JobSpec Spec(string script) => new()
    {
        Function = "f",
        Pipeline = "p",
        Mode = ExecutionMode.Batch,
        Script = ScriptSpec.Inside(Encoding.UTF8.GetBytes(script), []),
        ArtifactBucket = "artifacts",
        Account = "000000000000",
    };
}
