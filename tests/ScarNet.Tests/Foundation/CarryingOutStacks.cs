using System.Xml;
using Microsoft.Data.Sqlite;
using ScarNet.Local.CloudFormation;
using ScarNet.Local.Http;

namespace ScarNet.Tests.Foundation;

/// <summary>Whatever a template says and whatever goes wrong, the stack has an end, and the engine goes on.</summary>
public sealed class CarryingOutStacks : IAsyncDisposable
{
    private const string Group = """{"Resources": {"Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/group"}}}}""";

    private readonly StackParts parts = new();

    public static TheoryData<Exception> Failures =>
    [
        new OverflowException("too large"),
        new NotSupportedException("not here"),
        new XmlException("no name"),
        new KeyNotFoundException("none"),
        new TimeoutException("too late"),
        new SqliteException("no such table", 1),
        new OperationCanceledException("of its own"),
    ];

    [Theory]
    [InlineData("""{"B": {"Type": "AWS::S3::Bucket"}}""", """{"Fn::GetAtt": ["B", "RegionalDomainName"]}""", "resource B does not support attribute type RegionalDomainName in Fn::GetAtt")]
    [InlineData("""{"B": {"Type": "AWS::S3::Bucket"}}""", """{"Fn::Sub": "${B.Nothing}"}""", "resource B does not support attribute type Nothing in Fn::GetAtt")]
    [InlineData("""{"B": {"Type": "AWS::S3::Bucket"}}""", """{"Ref": "C"}""", "Unresolved resource dependencies [C]")]
    [InlineData("""{"B": {"Type": "AWS::S3::Bucket", "Condition": "No"}}""", """{"Ref": "B"}""", "Unresolved resource dependencies [B]")]
    [InlineData("""{"B": {"Type": "AWS::S3::Bucket"}}""", """["a"]""", "a text is expected")]
    [InlineData("""{"B": {"Type": "AWS::S3::Bucket"}, "C": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::GetAtt": "B.Name"}}}}""", "\"x\"", "does not support attribute type Name")]
    public async Task RefusesAChangeSetThatAsksForWhatThereWillNotBe(string resources, string output, string said)
    {
        var template = $$$"""{"Conditions": {"No": {"Fn::Equals": ["a", "b"]}}, "Resources": {{{resources}}}, "Outputs": {"U": {"Value": {{{output}}} } } }""";

        var refused = await Assert.ThrowsAsync<ApiException>(() => parts.Prepare("bad", template));

        Assert.Equal((400, "ValidationError"), (refused.Status, refused.Code));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RollsBackWhenAnOutputComesToNothing()
    {
        var template = Group[..^1] + """, "Outputs": {"U": {"Value": {"Fn::Select": [9, {"Fn::Split": [":", {"Fn::GetAtt": ["Group", "Arn"]}]}]}}}}""";

        var stack = await parts.Deploy("outputs", template);

        Assert.Equal("ROLLBACK_COMPLETE", stack.Status);
        Assert.Contains("nonexistent value", stack.Reason, StringComparison.Ordinal);
        Assert.Empty(stack.Resources);
        Assert.Equal("CREATE_COMPLETE", (await parts.Deploy("next", Group)).Status);
    }

    [Fact]
    public async Task GivesOutPartsOfWhatResourcesSay()
    {
        var template = Group[..^1] + """, "Outputs": {"U": {"Value": {"Fn::Select": [2, {"Fn::Split": [":", {"Fn::GetAtt": ["Group", "Arn"]}]}]}}}}""";

        var stack = await parts.Deploy("outputs", template);

        Assert.Equal(("CREATE_COMPLETE", "logs"), (stack.Status, Assert.Single(stack.Outputs).Value));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task TakesBackAStackWhateverFails(Exception failure)
    {
        parts.Before = (service, body, _) => body.Contains("retention", StringComparison.Ordinal) ? throw failure : Task.CompletedTask;
        var template = """{"Resources": {"Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/group", "RetentionInDays": 30}}}}""";

        var stack = await parts.Deploy("fails", template);

        Assert.Equal("ROLLBACK_COMPLETE", stack.Status);
        Assert.Equal(failure.Message, Assert.Single(parts.Events(stack.Id), e => e.Status == "CREATE_FAILED").Reason);
        Assert.Equal("CREATE_COMPLETE", (await parts.Deploy("next", Group)).Status);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task SaysWhatCannotBeDeletedWhateverFails(Exception failure)
    {
        await parts.Deploy("stays", Group);
        parts.Before = (_, _, _) => throw failure;

        var stack = await parts.Delete("stays");

        Assert.Equal(("DELETE_FAILED", "DELETE_FAILED"), (stack.Status, Assert.Single(stack.Resources).Status));
        Assert.Equal(failure.Message, stack.Resources[0].Reason);
        parts.Before = (_, _, _) => Task.CompletedTask;
        Assert.Equal("DELETE_COMPLETE", (await parts.Delete("stays")).Status);
    }

    [Theory]
    [InlineData("AWS::Logs::LogGroup", """{"RetentionInDays": 99999999999}""", "RetentionInDays: expected type: Integer")]
    [InlineData("AWS::IAM::Role", """{"AssumeRolePolicyDocument": {}, "Policies": [{"PolicyName": "p", "PolicyDocument": {}}, {"PolicyName": "p", "PolicyDocument": {}}]}""", "duplicate policy name 'p'")]
    [InlineData("AWS::IAM::Role", """{"AssumeRolePolicyDocument": {}, "Policies": [{"PolicyDocument": {}}]}""", "required key [PolicyName] not found")]
    [InlineData("AWS::IAM::Role", "{}", "required key [AssumeRolePolicyDocument] not found")]
    [InlineData("AWS::SNS::Topic", """{"Tags": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]}""", "duplicate tag key 'a'")]
    [InlineData("AWS::SNS::Topic", """{"Subscription": ["x"]}""", "Subscription: expected type: JSONObject")]
    [InlineData("AWS::Events::Rule", """{"EventPattern": {"source": ["a"]}, "Targets": [{"Arn": "x"}]}""", "required key [Id] not found")]
    [InlineData("AWS::Lambda::Permission", """{"Action": "lambda:InvokeFunction"}""", "required key [FunctionName] not found")]
    [InlineData("AWS::Lambda::Function", """{"Timeout": 99999999999}""", "Timeout: expected type: Integer")]
    [InlineData("AWS::S3::Bucket", """{"LifecycleConfiguration": {"Rules": [{}]}}""", "required key [Status] not found")]
    [InlineData("AWS::S3::Bucket", """{"BucketName": "a/b?tagging"}""", "not valid")]
    public async Task NamesThePropertyThatIsWrong(string type, string properties, string said)
    {
        var stack = await parts.Deploy("wrong", $$"""{"Resources": {"R": {"Type": "{{type}}", "Properties": {{properties}} } } }""");

        Assert.Equal("ROLLBACK_COMPLETE", stack.Status);
        Assert.Contains(said, Assert.Single(parts.Events(stack.Id), e => e.Status == "CREATE_FAILED").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitsForRoomOnTheDisk()
    {
        var full = 0;
        var set = await parts.Prepare("waits", Group);
        parts.Before = (_, _, _) =>
        {
            Interlocked.CompareExchange(ref full, 1, 0);
            return Task.CompletedTask;
        };

        // From the group's creation on: its own write, and then, with what the second attempt has made, the stack's.
        parts.Database.BeforeCommit = _ =>
        {
            if (Interlocked.CompareExchange(ref full, 2, 1) == 1 || Interlocked.CompareExchange(ref full, 4, 3) == 3)
            {
                throw new SqliteException("database or disk is full", 13);
            }

            Interlocked.CompareExchange(ref full, 3, 2);
        };
        await parts.Call("ExecuteChangeSet", ("ChangeSetName", set));
        var stack = await parts.Ended("waits");

        Assert.Equal(4, full);
        Assert.Equal(("CREATE_COMPLETE", "/group"), (stack.Status, Assert.Single(stack.Resources).PhysicalId));
    }

    [Fact]
    public async Task MakesWhatAConditionOnItsPlaceAsksFor()
    {
        var stack = await parts.Deploy("placed", """
            {"Conditions": {"Here": {"Fn::And": [{"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}, {"Fn::Equals": [{"Ref": "AWS::AccountId"}, "000000000000"]}]}},
             "Resources": {"Group": {"Type": "AWS::Logs::LogGroup", "Condition": "Here", "Properties": {"LogGroupName": "/here"}}},
             "Outputs": {"Name": {"Value": {"Ref": "Group"}}}}
            """);

        Assert.Equal("CREATE_COMPLETE", stack.Status);
        Assert.Equal("/here", Assert.Single(stack.Resources).PhysicalId);
        Assert.Equal("/here", Assert.Single(stack.Outputs).Value);
    }

    [Fact]
    public async Task ExecutesAChangeSetOnce()
    {
        var (first, second) = (await parts.Prepare("once", Group), await parts.Prepare("once-too", Group.Replace("/group", "/other", StringComparison.Ordinal)));
        var other = await Again("once", Group.Replace("/group", "/third", StringComparison.Ordinal));

        var ends = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Record.ExceptionAsync(() => parts.Call("ExecuteChangeSet", ("ChangeSetName", first))).AsTask()));

        Assert.Single(ends, end => end is null);
        Assert.All(ends.OfType<ApiException>(), end => Assert.Equal("InvalidChangeSetStatus", end.Code));
        Assert.Equal("CREATE_COMPLETE", (await parts.Ended("once")).Status);
        Assert.Single(parts.Events(parts.Find("once")!.Id), e => e is { Name: "once", Status: "CREATE_IN_PROGRESS" });
        Assert.Equal(("EXECUTE_COMPLETE", "AVAILABLE", "OBSOLETE"), (parts.ChangeSet(first).Execution, parts.ChangeSet(second).Execution, parts.ChangeSet(other).Execution));
    }

    [Fact]
    public async Task FailsChangeSetsThatAnEarlierEngineLeftInProgress()
    {
        var set = await parts.Prepare("left", Group);
        await parts.Database.Write(db => new StackRows(db).Put(parts.ChangeSet(set) with { Execution = "EXECUTE_IN_PROGRESS" }), TestContext.Current.CancellationToken);

        await parts.Restart();
        await parts.Deploy("other", Group);

        Assert.Equal("EXECUTE_FAILED", parts.ChangeSet(set).Execution);
    }

    public ValueTask DisposeAsync() => parts.DisposeAsync();

    private async Task<string> Again(string stack, string template)
    {
        var made = await parts.Call("CreateChangeSet", ("StackName", stack), ("ChangeSetName", "again"), ("ChangeSetType", "CREATE"), ("TemplateBody", template));
        return made.Descendants().Single(e => e.Name.LocalName == "Id").Value;
    }
}
