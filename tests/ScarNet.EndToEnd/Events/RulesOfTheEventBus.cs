using System.Text.Json;
using ScarNet.EndToEnd.Lambda;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Events;

/// <summary>EventBridge as the AWS CLI sees it.</summary>
public sealed class RulesOfTheEventBus(BashFunctions functions) : IClassFixture<BashFunctions>
{
    private const string Events = "arn:aws:events:us-east-1:000000000000:";
    private const string Lambda = "arn:aws:lambda:us-east-1:000000000000:function:";

    [Fact]
    public async Task AreKeptTaggedListedAndDeleted()
    {
        await Aws("put-rule", "--name", "kept", "--event-pattern", """{"source":["shop"]}""", "--description", "keeps", "--tags", "Key=team,Value=a");
        await Aws("put-targets", "--rule", "kept", "--targets", $"Id=one,Arn={Lambda}nobody", $"Id=two,Arn={Lambda}somebody");
        await Aws("put-rule", "--name", "kept", "--event-pattern", """{"source":["shop","bar"]}""", "--state", "DISABLED", "--tags", "Key=team,Value=ignored");
        await Aws("tag-resource", "--resource-arn", Events + "rule/kept", "--tags", "Key=more,Value=b");
        await functions.Restart();

        var rule = await Json("describe-rule", "--name", "kept");
        var listed = await Json("list-rules", "--name-prefix", "kep");
        var targets = await Json("list-targets-by-rule", "--rule", "kept");
        var byTarget = await Json("list-rule-names-by-target", "--target-arn", Lambda + "nobody");
        var tags = await Json("list-tags-for-resource", "--resource-arn", Events + "rule/kept");
        var early = await functions.TryAws("events", "delete-rule", "--name", "kept");
        await Aws("remove-targets", "--rule", "kept", "--ids", "one", "two");
        await Aws("delete-rule", "--name", "kept");
        var gone = await functions.TryAws("events", "describe-rule", "--name", "kept");

        Assert.Equal(("""{"source":["shop","bar"]}""", "DISABLED", Events + "rule/kept"), (Text(rule, "EventPattern"), Text(rule, "State"), Text(rule, "Arn")));
        Assert.Equal("kept", Text(Assert.Single(listed.GetProperty("Rules").EnumerateArray()), "Name"));
        Assert.Equal([Lambda + "nobody", Lambda + "somebody"], targets.GetProperty("Targets").EnumerateArray().Select(target => Text(target, "Arn")));
        Assert.Equal("kept", Assert.Single(byTarget.GetProperty("RuleNames").EnumerateArray()).GetString());
        Assert.Equal(["team a", "more b"], tags.GetProperty("Tags").EnumerateArray().Select(tag => $"{Text(tag, "Key")} {Text(tag, "Value")}"));
        Assert.Contains("(ValidationException)", early.Error, StringComparison.Ordinal);
        Assert.Contains("Rule can't be deleted since it has targets.", early.Error, StringComparison.Ordinal);
        Assert.Contains("(ResourceNotFoundException)", gone.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(InvalidEventPatternException)", "--event-pattern", """{"source":"shop"}""")]
    [InlineData("(ValidationException)", "--schedule-expression", "rate(5 minutes)")]
    [InlineData("(ResourceNotFoundException)", "--event-bus-name", "other", "--event-pattern", """{"source":["shop"]}""")]
    public async Task AreRefusedAsAwsDoes(string error, params string[] options)
    {
        var refused = await functions.TryAws(["events", "put-rule", "--name", "bad", .. options]);

        Assert.Equal(254, refused.ExitCode);
        Assert.Contains(error, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendWhatFitsToFunctionsThatLetThem()
    {
        var (whole, part, never) = (Path.Join(functions.Files, "whole"), Path.Join(functions.Files, "part"), Path.Join(functions.Files, "never"));
        await functions.Create("whole", $"echo \"$EVENT\" >> {whole}; echo 1");
        await functions.Create("part", $"echo \"$EVENT\" >> {part}; echo 1");
        await functions.Create("closed", $"echo \"$EVENT\" >> {never}; echo 1");
        await Aws("put-rule", "--name", "large", "--event-pattern", """{"source":["shop"],"detail":{"sum":[{"numeric":[">",100]}]}}""");
        await Aws("put-targets", "--rule", "large", "--targets", $$"""[{"Id":"w","Arn":"{{Lambda}}whole"},{"Id":"p","Arn":"{{Lambda}}part","InputPath":"$.detail"},{"Id":"c","Arn":"{{Lambda}}closed"}]""");
        await Allow("whole", "large");
        await Allow("part", "large");

        var answer = await Json("put-events", "--entries", """
            [{"Source":"shop","DetailType":"order","Detail":"{\"sum\":101,\"text\":\"a \\u00fc\"}","Resources":["r"]},
             {"Source":"shop","DetailType":"order","Detail":"{\"sum\":100}"},
             {"Source":"aws.s3","DetailType":"order","Detail":"{}"},
             {"Source":"shop","DetailType":"order","Detail":"no JSON"}]
            """);
        await functions.Engine.UntilIdle();
        var got = JsonDocument.Parse(Assert.Single(await File.ReadAllLinesAsync(whole, TestContext.Current.CancellationToken))).RootElement;

        Assert.Equal(2, answer.GetProperty("FailedEntryCount").GetInt32());
        Assert.Equal(
            ["", "", "NotAuthorizedForSourceException", "MalformedDetail"],
            answer.GetProperty("Entries").EnumerateArray().Select(entry => entry.TryGetProperty("ErrorCode", out var code) ? code.GetString() : ""));
        Assert.Equal(("0", "shop", "order", "000000000000", "us-east-1"), (Text(got, "version"), Text(got, "source"), Text(got, "detail-type"), Text(got, "account"), Text(got, "region")));
        Assert.Equal(Text(answer.GetProperty("Entries")[0], "EventId"), Text(got, "id"));
        Assert.Equal("a ü", Text(got.GetProperty("detail"), "text"));
        Assert.Equal(101, JsonDocument.Parse(await File.ReadAllTextAsync(part, TestContext.Current.CancellationToken)).RootElement.GetProperty("sum").GetInt32());
        Assert.False(File.Exists(never));
    }

    [Fact]
    public async Task HearOfObjectsInBucketsThatTellEventBridge()
    {
        var file = Path.Join(functions.Files, "told");
        await functions.Create("told", $"echo \"$EVENT\" >> {file}; echo 1");
        await Aws("put-rule", "--name", "objects", "--event-pattern", """{"source":["aws.s3"],"detail":{"bucket":{"name":["telling"]},"object":{"key":[{"wildcard":"in/*.txt"}]}}}""");
        await Aws("put-targets", "--rule", "objects", "--targets", $"Id=t,Arn={Lambda}told");
        await Allow("told", "objects");
        await functions.Aws("s3", "mb", "s3://telling");
        var text = functions.WriteFile("a.txt", "12345");

        await functions.Aws("s3", "cp", text, "s3://telling/in/before.txt");
        await functions.Aws("s3api", "put-bucket-notification-configuration", "--bucket", "telling", "--notification-configuration", """{"EventBridgeConfiguration":{}}""");
        await functions.Aws("s3", "cp", text, "s3://telling/in/a b+ü%2B.txt");
        await functions.Aws("s3", "cp", text, "s3://telling/in/a.png");
        await functions.Aws("s3", "rm", "s3://telling/in/a b+ü%2B.txt");
        await functions.Engine.UntilIdle();
        var told = (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Select(line => JsonDocument.Parse(line).RootElement)
            .OrderBy(document => Text(document, "detail-type"), StringComparer.Ordinal).ToList();

        Assert.Equal(["Object Created", "Object Deleted"], told.Select(document => Text(document, "detail-type")));
        Assert.Equal("arn:aws:s3:::telling", told[0].GetProperty("resources")[0].GetString());
        var (created, deleted) = (told[0].GetProperty("detail"), told[1].GetProperty("detail"));
        Assert.Equal("in/a b+ü%2B.txt", Text(created.GetProperty("object"), "key"));
        Assert.Equal(5, created.GetProperty("object").GetProperty("size").GetInt32());
        Assert.Equal("827ccb0eea8a706c4c34a16891f84e7b", Text(created.GetProperty("object"), "etag"));
        Assert.Equal(("PutObject", "DeleteObject", "Permanently Deleted"), (Text(created, "reason"), Text(deleted, "reason"), Text(deleted, "deletion-type")));
        Assert.True(string.CompareOrdinal(Text(created.GetProperty("object"), "sequencer"), Text(deleted.GetProperty("object"), "sequencer")) < 0);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private Task<string> Aws(params string[] arguments) => functions.Aws(["events", .. arguments]);

    private async Task<JsonElement> Json(params string[] arguments) =>
        JsonDocument.Parse(await functions.Aws(["events", .. arguments, "--output", "json"])).RootElement;

    private Task Allow(string function, string rule) => functions.Aws(
        "lambda", "add-permission", "--function-name", function, "--statement-id", rule, "--action", "lambda:InvokeFunction", "--principal", "events.amazonaws.com",
        "--source-arn", $"{Events}rule/{rule}", "--source-account", "000000000000");
}
