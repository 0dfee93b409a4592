using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

public sealed class Removal(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task TakesAwayWhatInitMadeAndLeavesTheData()
    {
        using var deployment = new Deployment(engine);
        var functions = new[] { Pipelines.Inline("gone"), Own("gone-too") };
        await deployment.Init(functions);

        var plan = await deployment.Remove(false, functions);

        deployment.AssertCallsAreWhatAwsTakes();
        var left = (await deployment.WhatIsThere()).Where(line => line.Contains("gone", StringComparison.Ordinal));
        Assert.Equal(["bucket gone-in", "bucket gone-out", "bucket gone-too-in", "bucket gone-too-out"], left.Order());
        Assert.Contains("bucket 'gone-in' and what is in it", plan.Kept);
    }

    [Fact]
    public async Task OfWhatIsPartlyGoneTakesAwayTheRest()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Batch("half");
        await deployment.Init(function);
        var cancellation = TestContext.Current.CancellationToken;
        await deployment.Clients.Lambda.DeleteFunctionAsync(new() { FunctionName = "half" }, cancellation);
        await deployment.Clients.Logs.DeleteLogGroupAsync(new() { LogGroupName = "/aws/lambda/half" }, cancellation);

        await deployment.Remove(false, function);
        var again = await deployment.Remove(false, function);

        Assert.DoesNotContain("definition scarnet-half", await deployment.WhatIsThere());
        Assert.Empty(again.Steps);
        var notifications = await deployment.Clients.S3.GetBucketNotificationAsync("half-in", cancellation);
        Assert.Empty(notifications.LambdaFunctionConfigurations ?? []);
    }

    [Fact]
    public async Task WithBucketsTakesAwayEveryVersionInThem()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("emptied") with { Triggers = [new Trigger("emptied-in", "x/")] };
        await deployment.Init(function);
        var cancellation = TestContext.Current.CancellationToken;
        await deployment.Clients.S3.PutBucketVersioningAsync(
            new() { BucketName = "emptied-out", VersioningConfig = new() { Status = Amazon.S3.VersionStatus.Enabled } }, cancellation);
        await deployment.Clients.S3.PutObjectAsync(new() { BucketName = "emptied-out", Key = "a", ContentBody = "1" }, cancellation);
        await deployment.Clients.S3.PutObjectAsync(new() { BucketName = "emptied-out", Key = "a", ContentBody = "2" }, cancellation);
        await deployment.Clients.S3.DeleteObjectAsync("emptied-out", "a", cancellation);

        await deployment.Remove(true, function);

        Assert.DoesNotContain(await deployment.WhatIsThere(), line => line.StartsWith("bucket emptied", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LeavesAFunctionThatIsNotOurs()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("theirs") with { Triggers = [] };
        await deployment.Init(function);
        var cancellation = TestContext.Current.CancellationToken;
        await deployment.Clients.Lambda.UntagResourceAsync(
            new() { Resource = "arn:aws:lambda:us-east-1:000000000000:function:theirs", TagKeys = ["scarnet:function"] }, cancellation);

        var plan = await deployment.Remove(false, function);

        Assert.Contains("function theirs", await deployment.WhatIsThere());
        Assert.Contains("Lambda function 'theirs', which scarnet did not make", plan.Kept);
        var refusal = await Assert.ThrowsAsync<Core.ScarException>(() => deployment.Plan(function));
        Assert.Equal("Lambda function 'theirs' exists and was not made by scarnet", refusal.Message);
    }

    /// <summary>Asks for machines of its own.</summary>
    private static FunctionDefinition Own(string name) =>
        Pipelines.Batch(name) with { Batch = new() { Compute = new() { MaxVcpus = 7 } } };
}
