using System.Text.Json.Nodes;
using System.Xml.Linq;
using ScarNet.Local.CloudFormation;
using ScarNet.Local.Http;

namespace ScarNet.Tests.Foundation;

/// <summary>What stacks make, change and take away, with whose rights, and what they leave alone.</summary>
public sealed class ResourcesOfStacks : IAsyncDisposable
{
    private const string Trust = """{"Statement": {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}}""";
    private const string Allow = """{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}""";

    private readonly StackParts parts = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "half-role")]
    [InlineData("\"RoleName\": \"named\",", "named")]
    public async Task TakesAwayWhatWasHalfMade(string name, string called)
    {
        string? known = null;
        parts.Before = (_, body, _) =>
        {
            if (body.Contains("Action=PutRolePolicy", StringComparison.Ordinal))
            {
                known = parts.Find("half")!.Resources[0].PhysicalId;
                throw new ApiException(400, "MalformedPolicyDocument", "no");
            }

            return Task.CompletedTask;
        };

        var stack = await parts.Deploy("half", Role(name));

        Assert.Equal("ROLLBACK_COMPLETE", stack.Status);
        Assert.StartsWith(called.Split('-')[0], known, StringComparison.Ordinal);
        Assert.False(await Exists("iam", "GetRole", ("RoleName", known)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"RoleName\": \"named\",")]
    public async Task TakesAwayLaterWhatAnEngineThatStoppedHadHalfMade(string name)
    {
        var reached = new TaskCompletionSource();
        parts.Before = async (_, body, stop) =>
        {
            if (body.Contains("Action=PutRolePolicy", StringComparison.Ordinal))
            {
                reached.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            }
        };
        var set = await parts.Prepare("broken", Role(name));
        var executed = parts.Call("ExecuteChangeSet", ("ChangeSetName", set));
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        await parts.Restart();
        await executed;
        var stack = await parts.Ended("broken");
        var role = Assert.Single(stack.Resources).PhysicalId;
        var wasThere = await Exists("iam", "GetRole", ("RoleName", role));
        var gone = await parts.Delete("broken");

        Assert.Equal(("CREATE_FAILED", "DELETE_COMPLETE"), (stack.Status, gone.Status));
        Assert.True(wasThere);
        Assert.False(await Exists("iam", "GetRole", ("RoleName", role)));
        Assert.Equal("EXECUTE_FAILED", parts.ChangeSet(set).Execution);
    }

    [Fact]
    public async Task MakesAnewWhatAnUpdateThatWasBrokenOffHadHalfMade()
    {
        await parts.Deploy("update", """{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}""");
        var reached = new TaskCompletionSource();
        parts.Before = async (_, body, stop) =>
        {
            if (body.Contains("Action=PutRolePolicy", StringComparison.Ordinal) && reached.TrySetResult())
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            }
        };
        var executed = parts.Call("ExecuteChangeSet", ("ChangeSetName", await parts.Prepare("update", Role("\"RoleName\": \"named\","))));
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await parts.Restart();
        await executed;
        Assert.Equal("UPDATE_FAILED", (await parts.Ended("update")).Status);

        var stack = await parts.Deploy("update", Role("\"RoleName\": \"named\","));

        Assert.Equal(("UPDATE_COMPLETE", "named"), (stack.Status, Assert.Single(stack.Resources).PhysicalId));
        Assert.True(await Exists("iam", "GetRolePolicy", ("RoleName", "named"), ("PolicyName", "p")));
    }

    [Fact]
    public async Task RollsBackToTheNameThatWasThere()
    {
        static string Topic(string name, string more) => $$$"""{"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "{{{name}}}"} }{{{more}}} } }""";
        var before = await parts.Deploy("renamed", Topic("one", ""));

        var stack = await parts.Deploy("renamed", Topic("two", """, "Bad": {"Type": "AWS::S3::Bucket", "DependsOn": "Topic", "Properties": {"BucketName": "NO"}}"""));

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", stack.Status);
        Assert.Equal(before.Resources[0].PhysicalId, Assert.Single(stack.Resources).PhysicalId);
        Assert.True(await Exists("sns", "GetTopicAttributes", ("TopicArn", before.Resources[0].PhysicalId)));
        Assert.False(await Exists("sns", "GetTopicAttributes", ("TopicArn", before.Resources[0].PhysicalId.Replace(":one", ":two", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("AWS::IAM::Role", "RoleName", """, "AssumeRolePolicyDocument": """ + Trust)]
    [InlineData("AWS::SNS::Topic", "TopicName", "")]
    [InlineData("AWS::SQS::Queue", "QueueName", "")]
    [InlineData("AWS::S3::Bucket", "BucketName", "")]
    [InlineData("AWS::Events::Rule", "Name", """, "EventPattern": {"source": ["a"]}""")]
    [InlineData("AWS::Logs::LogGroup", "LogGroupName", "")]
    public async Task LeavesAloneWhatWasThereBefore(string type, string member, string more)
    {
        var template = $$"""{"Resources": {"R": {"Type": "{{type}}", "Properties": {"{{member}}": "first-here"{{more}} } } } }""";
        Assert.Equal("CREATE_COMPLETE", (await parts.Deploy("first", template)).Status);

        var second = await parts.Deploy("second", template);

        Assert.Equal("ROLLBACK_COMPLETE", second.Status);
        Assert.Matches("already (exists|own)", Assert.Single(parts.Events(second.Id), e => e.Status == "CREATE_FAILED").Reason);
        Assert.DoesNotContain(parts.Events(second.Id), e => e is { Name: "R", Status: "DELETE_IN_PROGRESS" });
        Assert.Equal("ROLLBACK_COMPLETE", (await parts.Deploy("third", template)).Status); // still there
    }

    [Fact]
    public async Task HasTheRightsOfWhoAsksForIt()
    {
        var template = """{"Resources": {"Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/of-role"}}}}""";
        var stacksOnly = await parts.Role("stacks-only", "cloudformation:*");
        var logsToo = await parts.Role("logs-too", "cloudformation:*", "logs:*");

        var refused = await parts.Deploy("refused", template, stacksOnly);
        var made = await parts.Deploy("made", template, logsToo);
        await parts.CallAs(stacksOnly, "DeleteStack", ("StackName", "made"));
        var kept = await parts.Ended("made");

        Assert.Equal("ROLLBACK_COMPLETE", refused.Status);
        Assert.Contains(
            "assumed-role/stacks-only/test is not authorized to perform: logs:CreateLogGroup",
            Assert.Single(parts.Events(refused.Id), e => e.Status == "CREATE_FAILED").Reason,
            StringComparison.Ordinal);
        Assert.Equal(("CREATE_COMPLETE", "DELETE_FAILED"), (made.Status, kept.Status));
        Assert.Contains("is not authorized to perform: logs:DeleteLogGroup", Assert.Single(kept.Resources).Reason, StringComparison.Ordinal);
        Assert.Equal("DELETE_COMPLETE", (await parts.Delete("made")).Status);
    }

    [Fact]
    public async Task MakesARoleNoStrongerThanWhoAsksForIt()
    {
        var stacksOnly = await parts.Role("maker", "cloudformation:*", "iam:CreateRole");

        var refused = await parts.Deploy("stronger", Role("\"RoleName\": \"stronger\","), stacksOnly);

        Assert.Contains(
            "is not authorized to perform: iam:PutRolePolicy",
            Assert.Single(parts.Events(refused.Id), e => e.Status == "CREATE_FAILED").Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnsubscribesWhatATemplateNoLongerNames()
    {
        static string Topic(params string[] queues) => $$$"""
            {"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "news", "Tags": [{"Key": "n", "Value": "{{{queues.Length}}}"}, {"Key": "{{{queues[0]}}}", "Value": "x"}],
              "Subscription": [{{{string.Join(',', queues.Select(q => $$"""{"Protocol": "sqs", "Endpoint": "arn:aws:sqs:us-east-1:000000000000:{{q}}"}"""))}}}] } } } }
            """;
        var arn = Assert.Single((await parts.Deploy("topic", Topic("a", "b"))).Resources).PhysicalId;

        var stack = await parts.Deploy("topic", Topic("b", "c", "d"));

        Assert.Equal("UPDATE_COMPLETE", stack.Status);
        var listed = await parts.Calls.Query("sns", "ListSubscriptionsByTopic", [("TopicArn", arn)], Cancellation);
        Assert.Equal(["b", "c", "d"], Values(listed, "Endpoint").Select(endpoint => endpoint.Split(':')[^1]).Order());
        var tags = await parts.Calls.Query("sns", "ListTagsForResource", [("ResourceArn", arn)], Cancellation);
        Assert.Equal(["b", "n"], Values(tags, "Key").Order());
        Assert.Equal(["3", "x"], Values(tags, "Value").Order());
    }

    [Fact]
    public async Task TakesFromABucketWhatATemplateNoLongerNames()
    {
        static string Bucket(string properties) => $$$"""{"Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "less-and-less"{{{properties}}} } } } }""";
        await parts.Deploy("bucket", Bucket("""
            , "Tags": [{"Key": "a", "Value": "1"}], "VersioningConfiguration": {"Status": "Enabled"}, "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
            "LifecycleConfiguration": {"Rules": [{"Id": "old", "Status": "Enabled", "ExpirationInDays": 3}]}
            """));
        Assert.True(await Has("lifecycle") && await Has("tagging") && await Has("ownershipControls"));

        var suspended = 0;
        parts.Before = (_, body, _) => Task.FromResult(suspended += body.Contains("<Status>Suspended</Status>", StringComparison.Ordinal) ? 1 : 0);

        var stack = await parts.Deploy("bucket", Bucket(""));

        Assert.Equal("UPDATE_COMPLETE", stack.Status);
        Assert.False(await Has("lifecycle") || await Has("tagging") || await Has("ownershipControls"));
        Assert.Equal(1, suspended);
        Assert.Equal("DELETE_COMPLETE", (await parts.Delete("bucket")).Status);

        Task<bool> Has(string configuration) => EngineCalls.Exists(() => parts.Calls.S3("GET", $"/less-and-less?{configuration}", null, Cancellation));
    }

    [Fact]
    public async Task MakesChangesAndTakesQueuesAway()
    {
        var made = await parts.Deploy("queues", """
            {"Resources": {
               "Dead": {"Type": "AWS::SQS::Queue"},
               "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "work", "VisibilityTimeout": 120, "DelaySeconds": 5,
                 "RedrivePolicy": {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 3}, "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "1"}]}}},
             "Outputs": {"Url": {"Value": {"Ref": "Queue"}}, "Arn": {"Value": {"Fn::GetAtt": ["Queue", "Arn"]}}, "Name": {"Value": {"Fn::GetAtt": ["Queue", "QueueName"]}}, "UrlToo": {"Value": {"Fn::GetAtt": ["Queue", "QueueUrl"]}}}}
            """);
        const string url = "http://127.0.0.1:1/000000000000/work";
        var before = await Attributes(url);

        var changed = await parts.Deploy("queues", """
            {"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "work", "VisibilityTimeout": "60", "Tags": [{"Key": "b", "Value": "2"}]}}}}
            """);
        var after = await Attributes(url);
        var tags = await parts.Calls.Query("sqs", "ListQueueTags", [("QueueUrl", url)], Cancellation);
        await parts.Delete("queues");

        Assert.Equal(("CREATE_COMPLETE", "UPDATE_COMPLETE"), (made.Status, changed.Status));
        Assert.Equal(
            [url, "arn:aws:sqs:us-east-1:000000000000:work", "work", url], made.Outputs.Select(output => output.Value));
        Assert.Equal(("120", "5"), (before["VisibilityTimeout"], before["DelaySeconds"]));
        Assert.Equal(made.Resources[0].Attributes["Arn"], (string?)JsonNode.Parse(before["RedrivePolicy"])!["deadLetterTargetArn"]);
        Assert.Equal(("60", "0"), (after["VisibilityTimeout"], after["DelaySeconds"]));
        Assert.DoesNotContain("RedrivePolicy", after);
        Assert.Equal(("b", "2"), (Assert.Single(Values(tags, "Key")), Assert.Single(Values(tags, "Value"))));
        Assert.Single(changed.Resources);
        Assert.False(await Exists("sqs", "GetQueueUrl", ("QueueName", "work")));
        Assert.Empty(Values(await parts.Calls.Query("sqs", "ListQueues", [], Cancellation), "QueueUrl"));
    }

    public ValueTask DisposeAsync() => parts.DisposeAsync();

    private static string Role(string name) => $$$"""
        {"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": { {{{name}}} "AssumeRolePolicyDocument": {{{Trust}}}, "Policies": [{"PolicyName": "p", "PolicyDocument": {{{Allow}}} }] } } } }
        """;

    private static string[] Values(XElement answer, string name) => [.. answer.Descendants().Where(e => e.Name.LocalName == name).Select(e => e.Value)];

    private async Task<Dictionary<string, string>> Attributes(string queue)
    {
        var answer = await parts.Calls.Query("sqs", "GetQueueAttributes", [("QueueUrl", queue), ("AttributeName.1", "All")], Cancellation);
        return Values(answer, "Name").Zip(Values(answer, "Value")).ToDictionary();
    }

    private Task<bool> Exists(string service, string action, params (string, string?)[] members) =>
        EngineCalls.Exists(() => parts.Calls.Query(service, action, members, Cancellation));
}
