using System.Net;
using System.Text;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>On AWS Lambda takes only images of ECR, and starts what they start: the supervisor is added to the user's, and the result pushed.</summary>
public sealed class ImagesInLambda(ImagesInLambda.Engine engine, DockerFixture docker) : IClassFixture<ImagesInLambda.Engine>, IAsyncDisposable
{
    private readonly ImageRegistry registry = new();
    private readonly List<string> made = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AreTheUsersOwnWithTheSupervisor()
    {
        using var deployment = Deployment(out var ecr);
        var function = await Function("derived");

        await deployment.Init(function);
        deployment.AssertCallsAreWhatAwsTakes();
        var second = await deployment.Init(function);

        var image = Assert.Single(registry.Images);
        var (started, seen) = (registry.Configuration(image), await deployment.Clients.Lambda.GetFunctionAsync(new() { FunctionName = "derived" }, Cancellation));
        Assert.StartsWith("scarnet/derived:", image, StringComparison.Ordinal);
        Assert.Equal(("/opt/scarnet/supervisor", 1), ((string?)started["Entrypoint"]![0], started["Entrypoint"]!.AsArray().Count));
        Assert.Equal($"123456789012.dkr.ecr.us-east-1.amazonaws.com/{image}", seen.Code?.ImageUri);
        Assert.True(second.IsEmpty);
        Assert.Equal(["scarnet/derived"], ecr.Repositories);
    }

    [Fact]
    public async Task LieInARepositoryWithTheTagsOfTheFunction()
    {
        using var deployment = Deployment(out _);
        var function = (await Function("tagged")) with { Tags = new Dictionary<string, string> { ["team"] = "a" } };
        await deployment.Init(function);
        var after = function with { Tags = new Dictionary<string, string> { ["team"] = "b" } };

        var plan = await deployment.Init(after);

        deployment.AssertCallsAreWhatAwsTakes();
        var step = plan.Steps.Single(step => step.Resource == "repository");
        Assert.Equal((StepKind.Update, new StepChange("tag team", "a", "b")), (step.Kind, Assert.Single(step.Changes)));
        Assert.Equal(StepKind.Keep, plan.Steps.Single(step => step.Resource == "image").Kind);
        Assert.True((await deployment.Plan(after)).IsEmpty);
    }

    [Fact]
    public async Task GoThroughTheEnginesOwnRegistryToo()
    {
        using var deployment = Deployment(out _);
        deployment.Recorder.StandIn = _ => null;
        var function = await Function("kept");

        await deployment.Init(function);
        var again = await deployment.Plan(function);
        var kept = await engine.Aws("ecr", "list-images", "--repository-name", "scarnet/kept", "--query", "imageIds[].imageTag", "--output", "text");
        made.Add($"{engine.Engine.Endpoint.Authority}/scarnet/kept:{kept.Trim()}");
        await deployment.Remove(true, function);

        Assert.Matches("^[0-9a-f]+\n$", kept);
        Assert.True(again.IsEmpty);
        Assert.Equal("[]", (await engine.Aws("ecr", "describe-repositories", "--query", "repositories", "--output", "json")).Trim());
    }

    [Fact]
    public async Task RunTheSupervisorInTheUsersUserland()
    {
        using var deployment = Deployment(out _);

        await deployment.Init(await Function("started"));

        var image = $"{registry.Host}/{Assert.Single(registry.Images)}";
        Assert.Equal("supervised\n", await DockerFixture.Run(["run", "--rm", "--network", "none", image]));
    }

    [Fact]
    public async Task AreMadeAnewWhenTheImageOrTheSupervisorIsAnother()
    {
        using var deployment = Deployment(out _);
        var function = await Function("rebuilt");
        await deployment.Init(function);

        var plan = await deployment.Init(await Function("rebuilt", function.Image + "0"));

        Assert.Equal(2, registry.Images.Count());
        Assert.Contains(plan.Steps, step => step is { Kind: StepKind.Update, Resource: "function" } && step.Changes is [{ Field: "ImageUri" }, ..]);
    }

    [Fact]
    public async Task AreGoneWhenALaterStepFailsAndWithTheFunction()
    {
        using var deployment = Deployment(out var ecr);
        var function = await Function("gone");
        var refuse = true;
        deployment.Recorder.Answer = call => refuse && call is { Service: "lambda", Changes: true } ? Refusal() : null;
        await Assert.ThrowsAnyAsync<Amazon.Runtime.AmazonServiceException>(() => deployment.Init(function));
        var undone = ecr.Repositories.ToList();
        refuse = false;
        await deployment.Init(function);

        await deployment.Remove(true, function);

        Assert.Empty(undone);
        Assert.Empty(ecr.Repositories);
        Assert.Empty(registry.Images);
        deployment.AssertCallsAreWhatAwsTakes();
    }

    [Fact]
    public async Task AreNoneWhenTheRegistryDoesNotTakeThem()
    {
        using var deployment = Deployment(out var ecr);
        ecr.Token = Convert.ToBase64String("AWS:wrong"u8);

        var failure = await Assert.ThrowsAsync<ScarException>(async () => await deployment.Init(await Function("unwanted")));

        made.Add(failure.Message.Split('\'')[1]);
        Assert.Contains("scarnet/unwanted:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be pushed", failure.Message, StringComparison.Ordinal);
        Assert.Empty(ecr.Repositories);
        Assert.DoesNotContain(await deployment.WhatIsThere(), line => line.Contains("unwanted", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Injection.EveryFault), MemberType = typeof(Injection))]
    public async Task LeaveNothingOrConvergeWhicheverCallOfEcrFails(Fault fault)
    {
        using var deployment = Deployment(out var ecr);
        var function = await Function($"struck-{fault}".ToLowerInvariant());

        var calls = 0;
        for (var over = false; !over; calls++)
        {
            var injection = new Injection(fault, calls, call => call.Service == "ecr");
            injection.Into(deployment.Recorder);
            var failure = await Record.ExceptionAsync(() => deployment.Init(function));
            Injection.OutOf(deployment.Recorder);
            over = injection.Hit is null;
            var what = $"{fault} at call {calls} ({injection.Hit}): {failure?.Message}";
            Assert.True(failure is null || fault is not (Fault.Throttled or Fault.ServerError), what);
            var told = failure?.Message.Contains("could not all be taken away again: ", StringComparison.Ordinal) == true;
            Assert.True(failure is null || fault == Fault.Killed || told || !ecr.Repositories.Any(), what);

            await deployment.Init(function);
            Assert.True((await deployment.Plan(function)).IsEmpty, what);
            Assert.True(registry.Images.Count() == 1 && ecr.Repositories.Count() == 1, what);
            await deployment.Remove(true, function);
            Assert.True(!ecr.Repositories.Any() && !registry.Images.Any(), what);
        }

        Assert.True(calls > (fault == Fault.Denied ? 4 : 1), $"only {calls} calls failed");
    }

    [Fact]
    public async Task OfEcrAreTakenAsTheyAre()
    {
        using var deployment = Deployment(out var ecr);
        var function = Pipelines.Inline("prepared") with { Image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/mine:1" };

        await deployment.Init(function);

        var seen = await deployment.Clients.Lambda.GetFunctionAsync(new() { FunctionName = "prepared" }, Cancellation);
        Assert.Equal(function.Image, seen.Code?.ImageUri);
        Assert.Empty(ecr.Repositories);
    }

    [Fact]
    public async Task AreRefusedInARepositoryThatSomebodyElseMade()
    {
        using var deployment = Deployment(out _);
        await deployment.Clients.Ecr.CreateRepositoryAsync(new() { RepositoryName = "scarnet/foreign", Tags = [new() { Key = "owner", Value = "x" }] }, Cancellation);

        var refusal = await Assert.ThrowsAsync<ScarException>(async () => await deployment.Plan(await Function("foreign")));

        Assert.Equal("repository 'scarnet/foreign' exists and was not made by scarnet for function 'foreign'", refusal.Message);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var image in made)
        {
            await DockerFixture.Run(["rmi", "--force", image]);
        }

        registry.Dispose();
    }

    private Deployment Deployment(out EcrStandIn ecr)
    {
        var deployment = new Deployment(engine, "#!/bin/sh\necho supervised\n");
        ecr = new EcrStandIn(registry);
        deployment.Recorder.StandIn = ecr.Answer;
        registry.Pushed = image => made.Add($"{registry.Host}/{image}");
        return deployment;
    }

    private async Task<FunctionDefinition> Function(string name, string? image = null)
    {
        var busybox = await docker.Busybox();
        if (image is not null)
        {
            await DockerFixture.Run(["tag", busybox, image]);
            made.Add(image);
        }

        return Pipelines.Inline(name) with { Image = image ?? busybox };
    }

    private static HttpResponseMessage Refusal()
    {
        var answer = new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent("""{"message":"no"}""", Encoding.UTF8, "application/json") };
        answer.Headers.Add("x-amzn-ErrorType", "AccessDeniedException");
        return answer;
    }

    /// <summary>An account that is not the engine's own: everything is done as on AWS.</summary>
    public sealed class Engine : EngineFixture
    {
        protected override Local.EngineSettings Settings => base.Settings with { Account = "123456789012" };
    }
}
