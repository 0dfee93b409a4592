using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core;
using ScarNet.EndToEnd.Support;

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
