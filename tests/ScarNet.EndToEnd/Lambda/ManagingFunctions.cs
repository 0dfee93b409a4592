using System.Security.Cryptography;
using System.Text.Json;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Lambda;

/// <summary>Debian's <c>aws lambda</c> makes, shows, changes and deletes functions.</summary>
public sealed class ManagingFunctions(BashFunctions functions) : IClassFixture<BashFunctions>
{
    [Fact]
    public async Task ShowsWhatWasCreatedUntilItIsDeleted()
    {
        await functions.Create("shown", "echo 1", "--memory-size", "256", "--timeout", "7", "--environment", "Variables={COLOUR=x}", "--tags", "owner=me");
        var sha256 = Convert.ToBase64String(SHA256.HashData(await File.ReadAllBytesAsync(Path.Join(functions.Files, "shown.zip"), TestContext.Current.CancellationToken)));

        var function = await Json("get-function", "--function-name", "shown");
        var listed = await functions.Aws("lambda", "list-functions", "--query", "Functions[].FunctionName", "--output", "text");
        var again = await functions.TryAws("lambda", "create-function", "--function-name", "shown", "--zip-file", "fileb://shown.zip", "--runtime", "provided.al2023", "--handler", "x", "--role", "arn:aws:iam::000000000000:role/r");
        await functions.Aws("lambda", "wait", "function-active", "--function-name", "shown");
        await functions.Aws("lambda", "delete-function", "--function-name", "shown");
        var gone = await functions.TryAws("lambda", "get-function", "--function-name", "arn:aws:lambda:us-east-1:000000000000:function:shown");

        var configuration = function.GetProperty("Configuration");
        Assert.Equal(256, configuration.GetProperty("MemorySize").GetInt32());
        Assert.Equal(7, configuration.GetProperty("Timeout").GetInt32());
        Assert.Equal(sha256, configuration.GetProperty("CodeSha256").GetString());
        Assert.Equal("Active", configuration.GetProperty("State").GetString());
        Assert.Equal("x", configuration.GetProperty("Environment").GetProperty("Variables").GetProperty("COLOUR").GetString());
        Assert.Equal("me", function.GetProperty("Tags").GetProperty("owner").GetString());
        Assert.Contains("shown", listed, StringComparison.Ordinal);
        Assert.Contains("(ResourceConflictException)", again.Error, StringComparison.Ordinal);
        Assert.Contains("(ResourceNotFoundException)", gone.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(ValidationException)", "--memory-size", "10241")]
    [InlineData("(ValidationException)", "--timeout", "901")]
    [InlineData("(ValidationException)", "--function-name", "bad name")]
    [InlineData("(InvalidParameterValueException)", "--runtime", "python3.12")]
    [InlineData("(InvalidParameterValueException)", "--environment", "Variables={AWS_REGION=x}")]
    [InlineData("(ValidationException)", "--layers", "arn:aws:lambda:us-east-1:1:layer:l:1")]
    [InlineData("(InvalidParameterValueException)", "--vpc-config", "SubnetIds=subnet-1")]
    [InlineData("(ValidationException)", "--vpc-config", "SubnetIds=eni-1,SecurityGroupIds=sg-1")]
    [InlineData("(InvalidParameterValueException)", "--file-system-configs", "Arn=arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0,LocalMountPath=/mnt/x")]
    public async Task RefusesWhatLambdaRefuses(string error, string option, string value)
    {
        functions.WriteFile("refused.zip", BashFunctions.Zip(("bootstrap", "#!/bin/bash")));

        var result = await functions.TryAws("lambda", "create-function", "--function-name", "refused", "--zip-file", "fileb://refused.zip", "--runtime", "provided.al2023", "--handler", "x", "--role", "arn:aws:iam::000000000000:role/r", option, value);

        Assert.Equal(254, result.ExitCode);
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/etc/outside")]
    public async Task NeverUnpacksOutsideTheCodesDirectory(string entry)
    {
        functions.WriteFile("slip.zip", BashFunctions.Zip(("bootstrap", "#!/bin/bash"), (entry, "x")));

        var result = await functions.TryAws("lambda", "create-function", "--function-name", "slip", "--zip-file", "fileb://slip.zip", "--runtime", "provided.al2023", "--handler", "x", "--role", "arn:aws:iam::000000000000:role/r");

        Assert.False(File.Exists("/etc/outside"));
        Assert.Empty(Directory.GetFiles(functions.DataDirectory, "outside", SearchOption.AllDirectories).Where(f => !f.Contains("/code/", StringComparison.Ordinal)));
        Assert.True(result.ExitCode == 0 ? entry[0] == '/' : result.Error.Contains("(InvalidParameterValueException)", StringComparison.Ordinal), result.Error);
    }

    [Fact]
    public async Task KeepsPermissionsTagsAndSettingsThroughARestart()
    {
        await functions.Create("kept", "echo 1");
        await functions.Aws("lambda", "add-permission", "--function-name", "kept", "--statement-id", "scarnet-s3-in", "--action", "lambda:InvokeFunction", "--principal", "s3.amazonaws.com", "--source-arn", "arn:aws:s3:::in", "--source-account", "000000000000");
        await functions.Aws("lambda", "tag-resource", "--resource", "arn:aws:lambda:us-east-1:000000000000:function:kept", "--tags", "a=1,b=2");
        await functions.Aws("lambda", "untag-resource", "--resource", "arn:aws:lambda:us-east-1:000000000000:function:kept", "--tag-keys", "a");
        await functions.Aws("lambda", "put-function-event-invoke-config", "--function-name", "kept", "--maximum-retry-attempts", "0", "--maximum-event-age-in-seconds", "60");
        await functions.Aws("lambda", "put-function-concurrency", "--function-name", "kept", "--reserved-concurrent-executions", "1");

        await functions.Restart();
        var policy = JsonDocument.Parse((await Json("get-policy", "--function-name", "kept")).GetProperty("Policy").GetString()!).RootElement.GetProperty("Statement")[0];
        var twice = await functions.TryAws("lambda", "add-permission", "--function-name", "kept", "--statement-id", "scarnet-s3-in", "--action", "lambda:InvokeFunction", "--principal", "s3.amazonaws.com");
        var tags = await Json("list-tags", "--resource", "arn:aws:lambda:us-east-1:000000000000:function:kept");
        var settings = await Json("get-function-event-invoke-config", "--function-name", "kept");
        await functions.Aws("lambda", "remove-permission", "--function-name", "kept", "--statement-id", "scarnet-s3-in");
        var none = await functions.TryAws("lambda", "get-policy", "--function-name", "kept");

        Assert.Equal("s3.amazonaws.com", policy.GetProperty("Principal").GetProperty("Service").GetString());
        Assert.Equal("arn:aws:s3:::in", policy.GetProperty("Condition").GetProperty("ArnLike").GetProperty("AWS:SourceArn").GetString());
        Assert.Contains("(ResourceConflictException)", twice.Error, StringComparison.Ordinal);
        Assert.Equal("{\"b\":\"2\"}", tags.GetProperty("Tags").GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
        Assert.Equal(0, settings.GetProperty("MaximumRetryAttempts").GetInt32());
        Assert.Equal(60, settings.GetProperty("MaximumEventAgeInSeconds").GetInt32());
        Assert.Contains("(ResourceNotFoundException)", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunsNewCodeAndNewSettingsAfterAnUpdate()
    {
        await functions.Create("updated", "echo '\"old\"'");
        var old = await functions.Invoke("updated");

        await functions.Create("updated-later", "echo \"\\\"new $COLOUR\\\"\"");
        await functions.Aws("lambda", "update-function-code", "--function-name", "updated", "--zip-file", "fileb://updated-later.zip");
        await functions.Aws("lambda", "update-function-configuration", "--function-name", "updated", "--environment", "Variables={COLOUR=red}");
        var updated = await functions.Invoke("updated");
        var stale = await functions.TryAws("lambda", "update-function-code", "--function-name", "updated", "--zip-file", "fileb://updated.zip", "--revision-id", "00000000-0000-0000-0000-000000000000");

        Assert.Equal("\"old\"", old.Answer);
        Assert.Equal("\"new red\"", updated.Answer);
        Assert.Contains("(PreconditionFailedException)", stale.Error, StringComparison.Ordinal);
    }

    private async Task<JsonElement> Json(params string[] arguments) =>
        JsonDocument.Parse(await functions.Aws(["lambda", .. arguments, "--output", "json"])).RootElement;
}
