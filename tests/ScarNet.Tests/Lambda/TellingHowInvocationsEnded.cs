using System.Text;
using System.Text.Json;
using ScarNet.Core.Patterns;
using ScarNet.Local.Events;
using ScarNet.Local.Lambda;
using ScarNet.Local.Wire;

namespace ScarNet.Tests.Lambda;

/// <summary>Functions answer with whatever they like; what the engine makes of it must not stop it.</summary>
public sealed class TellingHowInvocationsEnded
{
    private static readonly string Deep = new string('[', 63) + new string(']', 63);

    [Theory]
    [InlineData("""{"errorMessage":"\udcff"}""", "�")]
    [InlineData("""{"errorMessage":"first","errorMessage":"last"}""", "last")]
    [InlineData("""{"errorMessage":7}""", "7")]
    [InlineData("\"\\udcff\"", "�")]
    [InlineData("no JSON", "no JSON")]
    [InlineData("", "the function failed and said nothing")]
    public void SaysWhyWhateverTheFunctionSaid(string payload, string reason) =>
        Assert.Equal(reason, AsyncEnding.Reason(AsyncEnd.Retry, "f", new InvocationResult(Encoding.UTF8.GetBytes(payload), "Unhandled", [])));

    [Theory]
    [InlineData("""{"k":"\udcff"}""")]
    [InlineData("""{"k":1,"k":2}""")]
    [InlineData("deep")]
    [InlineData("\"\\udcff\"")]
    [InlineData("no JSON")]
    public void MakesRecordsThatCanBeSentAndHeldAgainstRules(string payload)
    {
        var bytes = Encoding.UTF8.GetBytes(payload == "deep" ? Deep : payload);
        var row = new AsyncInvocation(1, "id", "arn:aws:lambda:us-east-1:000000000000:function:f", bytes, 2, DateTimeOffset.UnixEpoch);
        var result = new InvocationResult(bytes, "Unhandled", []);

        var record = AsyncEnding.Record(row, Function(), AsyncEnd.RetriesExhausted, result, DateTimeOffset.UnixEpoch);
        using var sent = JsonDocument.Parse(JsonOutput.Bytes(record));
        using var happened = new BusEvent("lambda", "result", [], record, DateTimeOffset.UnixEpoch).ToDocument("us-east-1", "000000000000");

        Assert.Equal(3, sent.RootElement.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.False(EventPattern.Parse("""{"detail":{"requestPayload":{"k":["x"]},"responsePayload":{"k":["x"]}}}""").Matches(happened.RootElement));
    }

    private static FunctionRecord Function() => new()
    {
        Name = "f",
        Arn = "arn:aws:lambda:us-east-1:000000000000:function:f",
        Role = "",
        CodeSha256 = "",
        LastModified = DateTimeOffset.UnixEpoch,
        RevisionId = "",
        DeploymentId = "",
    };
}
