using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

public sealed class AnotherRegion(AnotherRegion.Engine engine) : IClassFixture<AnotherRegion.Engine>
{
    [Fact]
    public async Task IsWhereBucketsAndFunctionsAreMade()
    {
        using var deployment = new Deployment(engine);

        await deployment.Init(Pipelines.Inline());

        var cancellation = TestContext.Current.CancellationToken;
        var location = await deployment.Clients.S3.GetBucketLocationAsync("split-in", cancellation);
        var function = await deployment.Clients.Lambda.GetFunctionConfigurationAsync(new() { FunctionName = "split" }, cancellation);
        Assert.Equal("eu-west-1", location.Location.Value);
        Assert.Equal("arn:aws:lambda:eu-west-1:000000000000:function:split", function.FunctionArn);
        Assert.Contains("bucket scarnet-artifacts-000000000000-eu-west-1", await deployment.WhatIsThere());
    }

    public sealed class Engine : EngineFixture
    {
        protected override Local.EngineSettings Settings => base.Settings with { Region = "eu-west-1" };
    }
}
