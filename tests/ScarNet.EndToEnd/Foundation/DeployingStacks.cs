using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Foundation;

/// <summary>The engine's CloudFormation, as Debian's <c>aws</c> sees it.</summary>
public sealed class DeployingStacks(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private static string Template => Path.Join(Repository.Root, "serverless.template");

    private string Artifacts => $"scarnet-artifacts-000000000000-{engine.Engine.Region}";

    [Fact]
    public async Task MakesChangesAndTakesTheFoundationAway()
    {
        await engine.Aws("cloudformation", "deploy", "--template-file", Template, "--stack-name", "base", "--capabilities", "CAPABILITY_NAMED_IAM", "--tags", "a=b");

        var stack = (await Json("cloudformation", "describe-stacks", "--stack-name", "base"))["Stacks"]![0]!;
        Assert.Equal("CREATE_COMPLETE", (string?)stack["StackStatus"]);
        Assert.Equal(Artifacts, Output(stack, "ArtifactBucket"));
        Assert.Equal("b", (string?)stack["Tags"]![0]!["Value"]);
        var lifecycle = await Json("s3api", "get-bucket-lifecycle-configuration", "--bucket", Artifacts);
        Assert.Equal(90, (int?)lifecycle["Rules"]!.AsArray().Single(rule => (string?)rule!["ID"] == "claims")!["Expiration"]!["Days"]);
        Assert.Contains("AES256", await engine.Aws("s3api", "get-bucket-encryption", "--bucket", Artifacts), StringComparison.Ordinal);
        Assert.Contains("supervisor/*", await engine.Aws("iam", "get-role-policy", "--role-name", $"foundation.{engine.Engine.Region}.machine", "--policy-name", "scarnet"), StringComparison.Ordinal);

        await engine.Aws(
            "cloudformation", "deploy", "--template-file", Template, "--stack-name", "base", "--capabilities", "CAPABILITY_NAMED_IAM",
            "--parameter-overrides", "Subnets=subnet-1,subnet-2", "SecurityGroups=sg-1", "ClaimDays=30");

        var queue = (await Json("batch", "describe-job-queues", "--job-queues", "scarnet-machines"))["jobQueues"]![0]!;
        Assert.EndsWith("compute-environment/scarnet-spot", (string?)queue["computeEnvironmentOrder"]![0]!["computeEnvironment"], StringComparison.Ordinal);
        lifecycle = await Json("s3api", "get-bucket-lifecycle-configuration", "--bucket", Artifacts);
        Assert.Equal(30, (int?)lifecycle["Rules"]!.AsArray().Single(rule => (string?)rule!["ID"] == "claims")!["Expiration"]!["Days"]);
        var resources = (await Json("cloudformation", "list-stack-resources", "--stack-name", "base"))["StackResourceSummaries"]!.AsArray();
        Assert.Equal(10, resources.Count);
        Assert.All(resources, resource => Assert.Matches("^(CREATE|UPDATE)_COMPLETE$", (string?)resource!["ResourceStatus"]));

        var again = await engine.TryAws(
            "cloudformation", "deploy", "--template-file", Template, "--stack-name", "base", "--capabilities", "CAPABILITY_NAMED_IAM",
            "--no-fail-on-empty-changeset");
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("No changes to deploy", again.Output, StringComparison.Ordinal);

        await engine.Aws("cloudformation", "delete-stack", "--stack-name", "base");
        await engine.Aws("cloudformation", "wait", "stack-delete-complete", "--stack-name", "base");

        Assert.Contains("does not exist", (await engine.TryAws("cloudformation", "describe-stacks", "--stack-name", "base")).Error, StringComparison.Ordinal);
        Assert.Empty((await Json("batch", "describe-job-queues", "--job-queues", "scarnet-machines"))["jobQueues"]!.AsArray());
        await engine.Aws("s3api", "head-bucket", "--bucket", Artifacts); // retained
        await engine.Aws("s3api", "delete-bucket", "--bucket", Artifacts);
    }

    [Fact]
    public async Task TakesBackWhatItMadeWhenAResourceFails()
    {
        var file = engine.WriteFile("failing.json", """
            {"Resources": {
              "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "made-and-unmade"}},
              "Group": {"Type": "AWS::Logs::LogGroup", "DependsOn": "Bucket", "Properties": {"RetentionInDays": 5000}}}}
            """);

        var result = await engine.TryAws("cloudformation", "deploy", "--template-file", file, "--stack-name", "failing");

        Assert.NotEqual(0, result.ExitCode);
        var stack = (await Json("cloudformation", "describe-stacks", "--stack-name", "failing"))["Stacks"]![0]!;
        Assert.Equal("ROLLBACK_COMPLETE", (string?)stack["StackStatus"]);
        Assert.NotEqual(0, (await engine.TryAws("s3api", "head-bucket", "--bucket", "made-and-unmade")).ExitCode);
        var events = (await Json("cloudformation", "describe-stack-events", "--stack-name", "failing"))["StackEvents"]!.AsArray();
        var failed = Assert.Single(events, e => (string?)e!["ResourceStatus"] == "CREATE_FAILED")!;
        Assert.Equal("Group", (string?)failed["LogicalResourceId"]);
        Assert.Contains("etention", (string?)failed["ResourceStatusReason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RollsAnUpdateBackToWhatWasThere()
    {
        string File(string name, int days, string more) => engine.WriteFile(name, $$$"""
            {"Resources": {"Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/kept", "RetentionInDays": {{{days}}} } }{{{more}}} } }
            """);
        await engine.Aws("cloudformation", "deploy", "--template-file", File("one.json", 30, ""), "--stack-name", "updated");

        var result = await engine.TryAws(
            "cloudformation", "deploy", "--stack-name", "updated", "--template-file",
            File("two.json", 60, """, "Bad": {"Type": "AWS::S3::Bucket", "DependsOn": "Group", "Properties": {"BucketName": "NO"}}"""));

        Assert.Contains("Failed to create/update the stack", result.Error, StringComparison.Ordinal);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", (string?)(await Json("cloudformation", "describe-stacks", "--stack-name", "updated"))["Stacks"]![0]!["StackStatus"]);
        Assert.Equal(30, (int?)(await Json("logs", "describe-log-groups", "--log-group-name-prefix", "/kept"))["logGroups"]![0]!["retentionInDays"]);
    }

    [Fact]
    public async Task ShowsWhatItWouldChangeFirst()
    {
        var file = engine.WriteFile("shown.json", """{"Parameters": {"Days": {"Type": "Number", "Default": 30}}, "Resources": {"Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/shown", "RetentionInDays": {"Ref": "Days"}}}}}""");
        await engine.Aws("cloudformation", "deploy", "--template-file", file, "--stack-name", "shown");
        await engine.Aws(
            "cloudformation", "create-change-set", "--stack-name", "shown", "--change-set-name", "later", "--use-previous-template",
            "--parameters", "ParameterKey=Days,ParameterValue=60");

        var set = await Json("cloudformation", "describe-change-set", "--stack-name", "shown", "--change-set-name", "later");

        var change = set["Changes"]![0]!["ResourceChange"]!;
        Assert.Equal(("Modify", "Group", "False", "/shown"), ((string?)change["Action"], (string?)change["LogicalResourceId"], (string?)change["Replacement"], (string?)change["PhysicalResourceId"]));
        Assert.Equal("RetentionInDays", (string?)change["Details"]![0]!["Target"]!["Name"]);
        Assert.Equal(30, (int?)(await Json("logs", "describe-log-groups", "--log-group-name-prefix", "/shown"))["logGroups"]![0]!["retentionInDays"]);
        await engine.Aws("cloudformation", "delete-change-set", "--stack-name", "shown", "--change-set-name", "later");
        Assert.Contains("ChangeSetNotFound", (await engine.TryAws("cloudformation", "describe-change-set", "--stack-name", "shown", "--change-set-name", "later")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GoesOnAfterATemplateWithABadOutput()
    {
        var bad = engine.WriteFile("output.json", """{"Resources":{"B":{"Type":"AWS::S3::Bucket"}},"Outputs":{"U":{"Value":{"Fn::GetAtt":["B","RegionalDomainName"]}}}}""");
        var good = engine.WriteFile("good.json", """{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}},"Outputs":{"U":{"Value":{"Ref":"Q"}}}}""");

        var refused = await engine.TryAws("cloudformation", "deploy", "--template-file", bad, "--stack-name", "bad-output");
        await engine.Aws("cloudformation", "deploy", "--template-file", good, "--stack-name", "good-output");

        Assert.Contains("does not support attribute type RegionalDomainName", refused.Error, StringComparison.Ordinal);
        Assert.False(engine.Engine.StopRequested.IsCompleted);
        var url = Output((await Json("cloudformation", "describe-stacks", "--stack-name", "good-output"))["Stacks"]![0]!, "U")!;
        await engine.Aws("sqs", "send-message", "--queue-url", url, "--message-body", "taken");
        Assert.Contains("taken", await engine.Aws("sqs", "receive-message", "--queue-url", url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MakesOnlyWhatTheCallersRoleMay()
    {
        await engine.Aws(
            "iam", "create-role", "--role-name", "deployer", "--assume-role-policy-document",
            """{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}""");
        await engine.Aws(
            "iam", "put-role-policy", "--role-name", "deployer", "--policy-name", "p", "--policy-document",
            """{"Statement":[{"Effect":"Allow","Action":"cloudformation:*","Resource":"*"},{"Effect":"Allow","Action":["s3:CreateBucket","s3:DeleteBucket"],"Resource":"arn:aws:s3:::allowed-*"}]}""");
        var keys = (await Json("sts", "assume-role", "--role-arn", "arn:aws:iam::000000000000:role/deployer", "--role-session-name", "tests"))["Credentials"]!;
        var environment = new Dictionary<string, string>(engine.ClientEnvironment)
        {
            ["AWS_ACCESS_KEY_ID"] = (string)keys["AccessKeyId"]!,
            ["AWS_SECRET_ACCESS_KEY"] = (string)keys["SecretAccessKey"]!,
            ["AWS_SESSION_TOKEN"] = (string)keys["SessionToken"]!,
        };
        string Bucket(string name) => engine.WriteFile($"{name}.json", $$$"""{"Resources":{"B":{"Type":"AWS::S3::Bucket","Properties":{"BucketName":"{{{name}}}"} } } }""");

        var refused = await Deploy("forbidden-one");
        var made = await Deploy("allowed-one");

        Assert.NotEqual(0, refused.ExitCode);
        var events = (await Json("cloudformation", "describe-stack-events", "--stack-name", "forbidden-one"))["StackEvents"]!.AsArray();
        var failed = Assert.Single(events, e => (string?)e!["ResourceStatus"] == "CREATE_FAILED")!;
        Assert.Contains("assumed-role/deployer/tests is not authorized to perform: s3:CreateBucket", (string?)failed["ResourceStatusReason"], StringComparison.Ordinal);
        Assert.NotEqual(0, (await engine.TryAws("s3api", "head-bucket", "--bucket", "forbidden-one")).ExitCode);
        Assert.True(made.ExitCode == 0, made.Error);
        await engine.Aws("s3api", "head-bucket", "--bucket", "allowed-one");

        Task<CommandResult> Deploy(string name) => WarmAws.Run(
            ["--endpoint-url", engine.Engine.Endpoint.GetLeftPart(UriPartial.Authority), "cloudformation", "deploy", "--template-file", Bucket(name), "--stack-name", name],
            environment,
            engine.Files);
    }

    [Theory]
    [InlineData("""{"Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {}}}}""", "InsufficientCapabilities")]
    [InlineData("""{"Parameters": {"N": {"Type": "Number", "MinValue": "abc"}}, "Resources": {"R": {"Type": "AWS::S3::Bucket"}}}""", "a number is expected at $.Parameters.N.MinValue")]
    [InlineData("""{"Resources": {"R": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Ref": "Nobody"}}}}}""", "Unresolved resource dependencies [Nobody]")]
    public async Task RefusesWhatCannotBe(string template, string said)
    {
        var file = engine.WriteFile("refused.json", template);

        var result = await engine.TryAws("cloudformation", "create-change-set", "--stack-name", "refused", "--change-set-name", "c", "--change-set-type", "CREATE", "--template-body", $"file://{file}");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaysWhatATemplateTakes()
    {
        var said = await Json("cloudformation", "validate-template", "--template-body", $"file://{Template}");

        Assert.Contains(said["Parameters"]!.AsArray(), parameter => (string?)parameter!["ParameterKey"] == "ClaimDays" && (string?)parameter["DefaultValue"] == "90");
        Assert.Equal("CAPABILITY_NAMED_IAM", (string?)said["Capabilities"]![0]);
    }

    private static string? Output(JsonNode stack, string name) =>
        (string?)stack["Outputs"]!.AsArray().Single(output => (string?)output!["OutputKey"] == name)!["OutputValue"];

    private async Task<JsonNode> Json(params string[] arguments) => JsonNode.Parse(await engine.Aws([.. arguments, "--output", "json"]))!;
}
