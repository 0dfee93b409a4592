using System.Net;
using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

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

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "lost-forbidden")]
    [InlineData(HttpStatusCode.MovedPermanently, "lost-moved")]
    public async Task GoesOnWhereABucketIsSomebodyElsesByNow(HttpStatusCode status, string name)
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline(name);
        await deployment.Init(function);
        await deployment.Clients.S3.DeleteBucketAsync($"{name}-in", TestContext.Current.CancellationToken);
        deployment.Recorder.Answer = call => call.Service == "s3" && call.Uri.AbsolutePath.Trim('/') == $"{name}-in" ? new HttpResponseMessage(status) : null;

        var moved = await deployment.Init(function with { Triggers = [new Trigger($"{name}-new", "")] });
        var plan = await deployment.Remove(false, function);

        Assert.Contains(moved.Steps, step => step is { Kind: StepKind.Delete, Resource: "permission" } && step.Name == $"{name} for {name}-in");
        Assert.Contains(plan.Kept, kept => kept.StartsWith($"bucket '{name}-in' ", StringComparison.Ordinal) && kept.EndsWith("; a notification of ours there stays, if there is one", StringComparison.Ordinal));
        Assert.DoesNotContain($"function {name}", await deployment.WhatIsThere());
    }

    [Fact]
    public async Task StopsAtABucketThatIsOursAndMayNotBeLookedAt()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("forbidden");
        await deployment.Init(function);
        deployment.Recorder.Answer = call => call.Method == "HEAD" && call.Uri.AbsolutePath.Trim('/') == "forbidden-in" ? new HttpResponseMessage(HttpStatusCode.Forbidden) : null;

        var refusal = await Assert.ThrowsAsync<Core.ScarException>(() => deployment.PlanRemoval(function));

        Assert.Equal("bucket 'forbidden-in' belongs to another account, or this one may not use it", refusal.Message);
    }

    [Fact]
    public async Task OfAFunctionThatIsGoneNeedsNoRightToAskForImages()
    {
        using var deployment = new Deployment(engine);
        deployment.Recorder.Answer = call => call.Service switch
        {
            "sts" => new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(
                    """<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>""",
                    System.Text.Encoding.UTF8,
                    "text/xml"),
            },
            "ecr" => ServiceErrors.Of(call, HttpStatusCode.BadRequest, "AccessDeniedException", "no"),
            _ => null,
        };

        var plan = await deployment.PlanRemoval(Pipelines.Inline("never-there"));

        Assert.Contains(deployment.Recorder.Calls, call => call.Service == "ecr");
        Assert.Empty(plan.Steps);
    }

    [Fact]
    public async Task TakesEveryPolicyOffARole()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("policied");
        await deployment.Init(function);
        var role = "policied.us-east-1.lambda";
        await deployment.Clients.Iam.PutRolePolicyAsync(
            new() { RoleName = role, PolicyName = "theirs", PolicyDocument = """{"Version":"2012-10-17","Statement":[]}""" }, TestContext.Current.CancellationToken);
        // As if each page held one.
        deployment.Recorder.Answer = call => call is { Service: "iam", Action: "ListRolePolicies" }
            ? Policies(call.Form.ContainsKey("Marker") ? "scarnet" : "theirs", isLast: call.Form.ContainsKey("Marker"))
            : null;

        await deployment.Remove(false, function);

        Assert.DoesNotContain($"role {role}", await deployment.WhatIsThere());

        static HttpResponseMessage Policies(string name, bool isLast) => new(HttpStatusCode.OK)
        {
            Content = new StringContent(
                $"<ListRolePoliciesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListRolePoliciesResult><PolicyNames><member>{name}</member></PolicyNames>"
                + $"{(isLast ? "<IsTruncated>false</IsTruncated>" : "<IsTruncated>true</IsTruncated><Marker>more</Marker>")}</ListRolePoliciesResult></ListRolePoliciesResponse>",
                System.Text.Encoding.UTF8,
                "text/xml"),
        };
    }

    [Fact]
    public async Task WithBucketsLeavesThoseWithArtifacts()
    {
        using var deployment = new Deployment(engine);
        var own = Pipelines.Inline("keeper") with { DeploymentBucket = "keeper-artifacts", Outputs = [new OutputRule("keeper-artifacts", "results/")] };
        var reader = Pipelines.Inline("reader") with { Triggers = [new Trigger("scarnet-artifacts-000000000000-us-east-1", "runs/")] };
        await deployment.Init(own, reader);

        await deployment.Remove(true, own, reader);

        var there = await deployment.WhatIsThere();
        Assert.Contains("bucket keeper-artifacts", there);
        Assert.Contains("bucket scarnet-artifacts-000000000000-us-east-1", there);
        Assert.DoesNotContain("bucket keeper-in", there);
    }

    [Fact]
    public async Task WithBucketsEndsEveryUploadInThem()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("uploading");
        await deployment.Init(function);
        var first = await deployment.Clients.S3.InitiateMultipartUploadAsync("uploading-in", "a", TestContext.Current.CancellationToken);
        await deployment.Clients.S3.InitiateMultipartUploadAsync("uploading-in", "b", TestContext.Current.CancellationToken);
        // As if the first were a thousand.
        var page = $"<ListMultipartUploadsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker><NextUploadIdMarker>{first.UploadId}</NextUploadIdMarker>"
            + $"<Upload><Key>a</Key><UploadId>{first.UploadId}</UploadId></Upload></ListMultipartUploadsResult>";
        deployment.Recorder.Answer = call => call.Uri.AbsolutePath.Trim('/') == "uploading-in" && call.Uri.Query.Contains("uploads", StringComparison.Ordinal) && !call.Uri.Query.Contains("key-marker", StringComparison.Ordinal)
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(page, System.Text.Encoding.UTF8, "application/xml") }
            : null;

        await deployment.Remove(true, function);

        Assert.DoesNotContain("bucket uploading-in", await deployment.WhatIsThere());
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
