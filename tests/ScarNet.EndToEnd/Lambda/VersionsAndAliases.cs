using System.Text.Json;

namespace ScarNet.EndToEnd.Lambda;

/// <summary>Debian's <c>aws lambda</c> publishes versions and gives them names.</summary>
public sealed class VersionsAndAliases(BashFunctions functions) : IClassFixture<BashFunctions>
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:";

    /// <summary>Says which version runs, by what the runtime is told, and how it was called.</summary>
    private const string Say = """
        ARN=$(grep -Fi Lambda-Runtime-Invoked-Function-Arn /tmp/headers.$$ | tr -d '[:space:]' | cut -d: -f2-)
        echo "\"@ $AWS_LAMBDA_FUNCTION_VERSION $COLOUR $ARN\""
        """;

    [Fact]
    public async Task RunWhatWasPublishedWhateverComesLater()
    {
        await Create("painted", "old", "red");
        await functions.Aws("lambda", "publish-version", "--function-name", "painted");
        await functions.Aws("lambda", "create-alias", "--function-name", "painted", "--name", "live", "--function-version", "1");
        var first = await functions.Invoke("painted", "{}", "--qualifier", "live");

        await Change("painted", "new", "blue");
        var unmoved = await functions.Invoke("painted", "{}", "--qualifier", "live");
        var latest = await functions.Invoke("painted");
        await functions.Aws("lambda", "publish-version", "--function-name", "painted");
        await functions.Aws("lambda", "update-alias", "--function-name", "painted", "--name", "live", "--function-version", "2");
        await functions.Restart();
        var moved = await functions.Invoke($"{Arn}painted:live");
        var byNumber = await functions.Invoke("painted:1");

        Assert.Equal(($"\"old 1 red {Arn}painted:live\"", "1"), (first.Answer, first.Said.GetProperty("ExecutedVersion").GetString()));
        Assert.Equal(first.Answer, unmoved.Answer);
        Assert.Equal(($"\"new $LATEST blue {Arn}painted\"", "$LATEST"), (latest.Answer, latest.Said.GetProperty("ExecutedVersion").GetString()));
        Assert.Equal(($"\"new 2 blue {Arn}painted:live\"", "2"), (moved.Answer, moved.Said.GetProperty("ExecutedVersion").GetString()));
        Assert.Equal($"\"old 1 red {Arn}painted:1\"", byNumber.Answer);
    }

    [Fact]
    public async Task ArePublishedOnlyWhenSomethingHasChanged()
    {
        await Create("same", "a", "red");

        var first = await Json("publish-version", "--function-name", "same", "--description", "first");
        var again = await Json("publish-version", "--function-name", "same", "--description", "again");
        await functions.Aws("lambda", "update-function-configuration", "--function-name", "same", "--memory-size", "256");
        var changed = await Json("publish-version", "--function-name", "same", "--code-sha256", first.GetProperty("CodeSha256").GetString()!);
        var wrongCode = await functions.TryAws("lambda", "publish-version", "--function-name", "same", "--code-sha256", "x");
        var wrongRevision = await functions.TryAws("lambda", "publish-version", "--function-name", "same", "--revision-id", "x");
        var listed = await functions.Aws("lambda", "list-versions-by-function", "--function-name", "same", "--page-size", "2", "--query", "Versions[].[Version,MemorySize,Description]", "--output", "text");
        var everything = await functions.Aws("lambda", "list-functions", "--function-version", "ALL", "--query", "Functions[?FunctionName=='same'].FunctionArn", "--output", "text");

        Assert.Equal(("1", $"{Arn}same:1"), (first.GetProperty("Version").GetString(), first.GetProperty("FunctionArn").GetString()));
        Assert.Equal(("1", "first"), (again.GetProperty("Version").GetString(), again.GetProperty("Description").GetString()));
        Assert.Equal("2", changed.GetProperty("Version").GetString());
        Assert.Contains("(InvalidParameterValueException)", wrongCode.Error, StringComparison.Ordinal);
        Assert.Contains("(PreconditionFailedException)", wrongRevision.Error, StringComparison.Ordinal);
        Assert.Equal(["$LATEST\t256\t", "1\t128\tfirst", "2\t256\t"], listed.TrimEnd('\n').Split('\n'));
        Assert.Equal([$"{Arn}same:$LATEST", $"{Arn}same:1", $"{Arn}same:2"], everything.Trim().Split('\t'));
    }

    [Fact]
    public async Task AreRefusedAsLambdaRefusesThem()
    {
        await Create("kept", "a", "red", "--publish");
        var alias = await Json("create-alias", "--function-name", "kept", "--name", "live", "--function-version", "1", "--description", "d");

        Assert.Equal($"{Arn}kept:live", alias.GetProperty("AliasArn").GetString());
        await Refuses("ResourceConflictException", "create-alias", "--function-name", "kept", "--name", "live", "--function-version", "1");
        await Refuses("ResourceNotFoundException", "create-alias", "--function-name", "kept", "--name", "other", "--function-version", "9");
        await Refuses("ValidationException", "create-alias", "--function-name", "kept", "--name", "12", "--function-version", "1");
        await Refuses("ResourceNotFoundException", "update-alias", "--function-name", "kept", "--name", "live", "--function-version", "9");
        await Refuses("PreconditionFailedException", "update-alias", "--function-name", "kept", "--name", "live", "--revision-id", "x");
        await Refuses("ResourceNotFoundException", "get-alias", "--function-name", "kept", "--name", "other");
        await Refuses("ResourceNotFoundException", "invoke", "--function-name", "kept", "--qualifier", "other", "/dev/null");
        await Refuses("ResourceNotFoundException", "get-function", "--function-name", "kept", "--qualifier", "2");
        await Refuses("InvalidParameterValueException", "get-function", "--function-name", "kept:live", "--qualifier", "1");
        await Refuses("InvalidParameterValueException", "update-function-configuration", "--function-name", "kept:live", "--memory-size", "256");
        await Refuses("InvalidParameterValueException", "add-permission", "--function-name", "kept", "--qualifier", "$LATEST", "--statement-id", "s", "--action", "lambda:InvokeFunction", "--principal", "s3.amazonaws.com");
        await Refuses("ResourceConflictException", "delete-function", "--function-name", "kept", "--qualifier", "1");
        await Refuses("InvalidParameterValueException", "delete-function", "--function-name", "kept", "--qualifier", "$LATEST");
        await Refuses("InvalidParameterValueException", "delete-function", "--function-name", "kept", "--qualifier", "live");
        await functions.Aws("lambda", "delete-alias", "--function-name", "kept", "--name", "live");
        await functions.Aws("lambda", "delete-function", "--function-name", "kept", "--qualifier", "1");
        await Refuses("ResourceNotFoundException", "get-function", "--function-name", "kept", "--qualifier", "1");
        await functions.Aws("lambda", "delete-function", "--function-name", "kept");
        await Refuses("ResourceNotFoundException", "get-alias", "--function-name", "kept", "--name", "live");
    }

    [Fact]
    public async Task HavePoliciesAndRetriesOfTheirOwn()
    {
        await Create("owned", "a", "red", "--publish");
        await functions.Aws("lambda", "create-alias", "--function-name", "owned", "--name", "live", "--function-version", "1");
        await functions.Aws("s3api", "create-bucket", "--bucket", "owned-in");
        string[] permission = ["lambda", "add-permission", "--function-name", "owned", "--statement-id", "s", "--action", "lambda:InvokeFunction", "--principal", "s3.amazonaws.com"];

        await functions.Aws([.. permission]);
        var early = await functions.TryAws("s3api", "put-bucket-notification-configuration", "--bucket", "owned-in", "--notification-configuration", Notification("owned:live"));
        await functions.Aws([.. permission, "--qualifier", "live"]);
        await functions.Aws("s3api", "put-bucket-notification-configuration", "--bucket", "owned-in", "--notification-configuration", Notification("owned:live"));
        await functions.Aws("lambda", "put-function-event-invoke-config", "--function-name", "owned", "--qualifier", "live", "--maximum-retry-attempts", "0");
        await functions.Restart();
        var policy = await Json("get-policy", "--function-name", "owned", "--qualifier", "live");
        var listed = await functions.Aws("lambda", "list-function-event-invoke-configs", "--function-name", "owned", "--query", "FunctionEventInvokeConfigs[].[FunctionArn,MaximumRetryAttempts]", "--output", "text");
        var none = await functions.TryAws("lambda", "get-function-event-invoke-config", "--function-name", "owned");
        await functions.Aws("lambda", "remove-permission", "--function-name", "owned", "--qualifier", "live", "--statement-id", "s");
        var still = await Json("get-policy", "--function-name", "owned");

        Assert.Contains("(InvalidArgument)", early.Error, StringComparison.Ordinal);
        Assert.Contains($"{Arn}owned:live", policy.GetProperty("Policy").GetString(), StringComparison.Ordinal);
        Assert.Equal($"{Arn}owned:live\t0", listed.Trim());
        Assert.Contains("(ResourceNotFoundException)", none.Error, StringComparison.Ordinal);
        Assert.Contains($"{Arn}owned\"", still.GetProperty("Policy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AreStartedByABucketThatNamesThem()
    {
        await functions.Create("started", "echo \"version $AWS_LAMBDA_FUNCTION_VERSION took $EVENT\" >&2; echo 1", "--publish");
        await functions.Aws("lambda", "create-alias", "--function-name", "started", "--name", "live", "--function-version", "1");
        await functions.Aws("lambda", "add-permission", "--function-name", "started:live", "--statement-id", "s", "--action", "lambda:InvokeFunction", "--principal", "s3.amazonaws.com");
        await functions.Aws("s3api", "create-bucket", "--bucket", "started-in");
        await functions.Aws("s3api", "put-bucket-notification-configuration", "--bucket", "started-in", "--notification-configuration", Notification("started:live"));

        await functions.Aws("s3api", "put-object", "--bucket", "started-in", "--key", "one");
        var first = await functions.LogOnceThere("started", "\"version 1 took\"");
        await functions.Create("started-later", "echo \"later version $AWS_LAMBDA_FUNCTION_VERSION took $EVENT\" >&2; echo 1");
        await functions.Aws("lambda", "update-function-code", "--function-name", "started", "--zip-file", "fileb://started-later.zip", "--publish");
        await functions.Aws("lambda", "update-alias", "--function-name", "started", "--name", "live", "--function-version", "2");
        await functions.Aws("s3api", "put-object", "--bucket", "started-in", "--key", "two");
        var second = await functions.LogOnceThere("started", "\"later version 2 took\"");
        var streams = await functions.Aws("logs", "describe-log-streams", "--log-group-name", "/aws/lambda/started", "--query", "logStreams[].logStreamName", "--output", "text");

        Assert.Contains("\"one\"", Assert.Single(first), StringComparison.Ordinal);
        Assert.Contains("\"two\"", Assert.Single(second), StringComparison.Ordinal);
        Assert.Contains("[1]", streams, StringComparison.Ordinal);
        Assert.Contains("[2]", streams, StringComparison.Ordinal);
    }

    private static string Notification(string function) => $$"""
        {"LambdaFunctionConfigurations":[{"LambdaFunctionArn":"{{Arn}}{{function}}","Events":["s3:ObjectCreated:*"]}]}
        """;

    private Task Create(string name, string text, string colour, params string[] options) =>
        functions.Create(name, Say.Replace("@", text, StringComparison.Ordinal), ["--environment", $"Variables={{COLOUR={colour}}}", .. options]);

    private async Task Change(string name, string text, string colour)
    {
        functions.WriteFile("changed.zip", BashFunctions.Zip(("bootstrap", BashFunctions.Bootstrap(Say.Replace("@", text, StringComparison.Ordinal)))));
        await functions.Aws("lambda", "update-function-code", "--function-name", name, "--zip-file", "fileb://changed.zip");
        await functions.Aws("lambda", "update-function-configuration", "--function-name", name, "--environment", $"Variables={{COLOUR={colour}}}");
    }

    private async Task Refuses(string error, params string[] arguments)
    {
        var answer = await functions.TryAws(["lambda", .. arguments]);
        Assert.Contains($"({error})", answer.Error, StringComparison.Ordinal);
    }

    private async Task<JsonElement> Json(params string[] arguments) =>
        JsonDocument.Parse(await functions.Aws(["lambda", .. arguments, "--output", "json"])).RootElement;
}
