using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

public sealed class SomebodyElsesNotifications(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task StayAsTheyAreThroughInitAndRemoval()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("shared");
        var before = await PutForeign(deployment, "shared-in", "other", "archive/");

        await deployment.Init(function);
        var between = await Xml("shared-in");
        await deployment.Remove(false, function);

        Assert.Contains("scarnet:shared:0", between, StringComparison.Ordinal);
        Assert.Contains("data%3D1/", between, StringComparison.Ordinal);
        Assert.Contains("theirs", between, StringComparison.Ordinal);
        Assert.Equal(before, await Xml("shared-in"));
    }

    [Fact]
    public async Task ThatTakeTheSameObjectsAreNamedBeforeAnythingIsMade()
    {
        using var deployment = new Deployment(engine);
        await PutForeign(deployment, "taken-in", "greedy", "");
        deployment.Recorder.Forget();

        var failure = await Assert.ThrowsAsync<ScarException>(() => deployment.Init(Pipelines.Inline("taken")));

        Assert.Equal(
            "bucket 'taken-in' already tells 'arn:aws:lambda:us-east-1:000000000000:function:greedy' (theirs) of objects such as "
            + "'data=1/.txt', and S3 tells only one of each object",
            failure.Message);
        Assert.Empty(deployment.Recorder.Changes);
    }

    [Fact]
    public async Task ThatLeadNowhereHoldUpNoRemoval()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("hindered");
        var before = await PutForeign(deployment, "hindered-in", "dead", "archive/");
        await deployment.Init(function);
        await deployment.Clients.Lambda.DeleteFunctionAsync(new() { FunctionName = "dead" }, TestContext.Current.CancellationToken);

        deployment.Recorder.Forget();

        await deployment.Remove(false, function);

        Assert.Equal(before, await Xml("hindered-in"));
        var write = Assert.Single(deployment.Recorder.Changes, call => call.Uri.Query.Contains("notification", StringComparison.Ordinal));
        Assert.Equal("true", write.Headers["x-amz-skip-destination-validation"]);
    }

    [Fact]
    public async Task ThatLeadNowhereAreNamed()
    {
        using var deployment = new Deployment(engine);
        await PutForeign(deployment, "held-in", "late", "archive/");
        await deployment.Clients.Lambda.DeleteFunctionAsync(new() { FunctionName = "late" }, TestContext.Current.CancellationToken);
        var notifications = new Notifications(await Target.Of(deployment.Clients, TestContext.Current.CancellationToken), patience: TimeSpan.FromSeconds(1));
        var ours = NotificationEntry.For(Pipelines.Inline("held"), "held-in", "arn:aws:lambda:us-east-1:000000000000:function:held:live");
        var step = await notifications.Plan("held-in", true, new HashSet<string> { "held" }, ours, null, [], TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<ScarException>(() => deployment.Apply(new([step!])));

        Assert.StartsWith(
            "S3 checks all that bucket 'held-in' tells, and does not reach one of 'arn:aws:lambda:us-east-1:000000000000:function:late' (theirs), 'arn:aws:lambda:us-east-1:000000000000:function:held:live' (scarnet:held:0)",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task MayBeWrittenAtTheSameTime()
    {
        using var deployment = new Deployment(engine);
        var refused = 0;
        deployment.Recorder.Answer = call => call.Method == "PUT" && call.Uri.Query.Contains("notification", StringComparison.Ordinal) && Interlocked.Increment(ref refused) == 1
            ? ServiceErrors.Of(call, System.Net.HttpStatusCode.Conflict, "OperationAborted", "A conflicting conditional operation is currently in progress against this resource. Please try again.")
            : null;

        await deployment.Init(Pipelines.Inline("together"));

        Assert.Equal(2, refused);
        Assert.Contains("scarnet:together:0", await Xml("together-in"), StringComparison.Ordinal);
    }

    /// <summary>What Debian's aws reads: another client than the one that wrote.</summary>
    private Task<string> Xml(string bucket) => engine.Aws("s3api", "get-bucket-notification-configuration", "--bucket", bucket);

    private async Task<string> PutForeign(Deployment deployment, string bucket, string function, string prefix)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await deployment.Init(Pipelines.Inline(function) with { Triggers = [] });
        await deployment.Clients.Lambda.AddPermissionAsync(
            new()
            {
                FunctionName = function,
                StatementId = "theirs",
                Action = "lambda:InvokeFunction",
                Principal = "s3.amazonaws.com",
                SourceArn = $"arn:aws:s3:::{bucket}",
                SourceAccount = "000000000000",
            },
            cancellation);
        await deployment.Clients.S3.PutBucketAsync(bucket, cancellation);
        await deployment.Clients.S3.PutBucketNotificationAsync(
            new PutBucketNotificationRequest
            {
                BucketName = bucket,
                LambdaFunctionConfigurations =
                [
                    new()
                    {
                        Id = "theirs",
                        FunctionArn = $"arn:aws:lambda:us-east-1:000000000000:function:{function}",
                        Events = [EventType.ObjectCreatedAll],
                        Filter = new() { S3KeyFilter = new() { FilterRules = [new() { Name = "prefix", Value = prefix }] } },
                    },
                ],
                EventBridgeConfiguration = new(),
            },
            cancellation);
        return await Xml(bucket);
    }
}
