using ScarNet.Aws.Lambda.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Network, file system, layers, concurrency and the ways out of a Lambda function: set, compared, changed and taken away again.</summary>
public sealed class UsingTheAccount(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string AccessPoint = "arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0";
    private const string Layer = "arn:aws:lambda:us-east-1:000000000000:layer:tools:3";
    private const string Letters = "arn:aws:sqs:us-east-1:000000000000:letters";
    private const string Failures = "arn:aws:s3:::failures";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IsWhatTheFileSaysAndNothingTheSecondTime()
    {
        using var deployment = new Deployment(engine);
        var function = Connected("connected");

        await deployment.Init(function);
        deployment.AssertCallsAreWhatAwsTakes();
        var second = await deployment.Init(function);

        var seen = await deployment.Clients.Lambda.GetFunctionAsync(new() { FunctionName = "connected" }, Cancellation);
        var configuration = seen.Configuration!;
        Assert.Equal(["subnet-1", "subnet-2"], configuration.VpcConfig!.SubnetIds!);
        Assert.Equal(["sg-1"], configuration.VpcConfig.SecurityGroupIds!);
        Assert.Equal((AccessPoint, "/mnt/data"), Assert.Single(configuration.FileSystemConfigs!.Select(m => (m.Arn, m.LocalMountPath))));
        Assert.Equal(Layer, Assert.Single(configuration.Layers!).Arn);
        Assert.Equal(Letters, configuration.DeadLetterConfig!.TargetArn);
        Assert.Equal(3, seen.Concurrency!.ReservedConcurrentExecutions);
        Assert.Equal((1, Failures), await Retries(deployment, "connected"));
        Assert.True(second.IsEmpty);
        Assert.Empty(deployment.Recorder.Changes);
    }

    [Fact]
    public async Task ChangesFieldByField()
    {
        using var deployment = new Deployment(engine);
        var before = Connected("changed");
        var after = before with
        {
            Vpc = new(["subnet-2", "subnet-3"], ["sg-1"]),
            FileSystem = new(AccessPoint, "/mnt/other"),
            ReservedConcurrency = 0,
            FailureDestination = Letters,
        };
        await deployment.Init(before);

        var plan = await deployment.Init(after);

        Assert.Equal(
            [
                new("SubnetIds", "subnet-1, subnet-2", "subnet-2, subnet-3"),
                new("FileSystemConfigs", $"{AccessPoint} at /mnt/data", $"{AccessPoint} at /mnt/other"),
                new("version", "1", "2"),
                new("OnFailure", Failures, Letters),
                new("ReservedConcurrentExecutions", "3", "0"),
            ],
            plan.Steps.Where(step => step is { Kind: StepKind.Update } and not { Resource: "role" }).SelectMany(step => step.Changes));
        deployment.AssertCallsAreWhatAwsTakes();
        Assert.True((await deployment.Plan(after)).IsEmpty);
    }

    [Fact]
    public async Task IsGoneWhenTheFileNoLongerSaysIt()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("unplugged") with { Retries = null };
        await deployment.Init(Connected("unplugged"));

        var plan = await deployment.Init(function);

        var seen = await deployment.Clients.Lambda.GetFunctionAsync(new() { FunctionName = "unplugged" }, Cancellation);
        Assert.Equal(
            (null, null, null, null, null),
            (seen.Configuration!.VpcConfig, seen.Configuration.FileSystemConfigs, seen.Configuration.Layers, seen.Configuration.DeadLetterConfig, seen.Concurrency));
        Assert.Equal(
            ["concurrency", "retries"],
            plan.Steps.Where(step => step.Kind == StepKind.Delete).Select(step => step.Resource).Order());
        deployment.AssertCallsAreWhatAwsTakes();
        Assert.True((await deployment.Plan(function)).IsEmpty);
    }

    [Fact]
    public async Task SendsFailuresToAFunctionOfTheSameFile()
    {
        using var deployment = new Deployment(engine);
        var failing = Pipelines.Inline("failing") with { FailureDestination = "arn:aws:lambda:us-east-1:000000000000:function:mending" };

        await deployment.Init(failing, Pipelines.Inline("mending") with { Triggers = [] });

        Assert.Equal((1, failing.FailureDestination), await Retries(deployment, "failing"));
        var told = deployment.Recorder.Changes.Where(call => call.Service == "lambda").Select(call => call.Uri.AbsolutePath).ToList();
        Assert.Equal(2, told[..told.IndexOf("/2019-09-25/functions/failing/event-invoke-config")].Count(path => path.EndsWith("/functions", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task IsToldWhenTheFunctionGoes()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Connected("leaving"));

        var plan = await deployment.Remove(false, Connected("leaving"));

        Assert.Contains(plan.Kept, kept => kept.StartsWith("network interfaces of function 'leaving' in subnet-1, subnet-2", StringComparison.Ordinal));
    }

    /// <summary>IAM says that the role may before Lambda knows it.</summary>
    [Fact]
    public async Task WaitsUntilLambdaKnowsWhatTheRoleMay()
    {
        using var deployment = new Deployment(engine);
        var refusals = 0;
        deployment.Recorder.Answer = call =>
            call is { Service: "lambda", Method: "POST" } && call.Uri.AbsolutePath.TrimEnd('/') == "/2015-03-31/functions" && refusals++ < 2
                ? GrantingRoles.Refusal("The provided execution role does not have permissions to call CreateNetworkInterface on EC2")
                : null;

        await deployment.Init(Connected("early"));

        Assert.Equal(3, refusals);
    }

    [Fact]
    public async Task RefusesAnEnvironmentThatIsTooLargeWithWhatIsAdded()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Batch("crowded") with { LambdaEnvironment = new Dictionary<string, string> { ["A"] = new string('x', 4090) } };

        var refusal = await Assert.ThrowsAsync<ScarException>(() => deployment.Plan(function));

        Assert.StartsWith("the Lambda environment of function 'crowded' would be 41", refusal.Message, StringComparison.Ordinal);
    }

    private static FunctionDefinition Connected(string name) => Pipelines.Inline(name) with
    {
        Vpc = new(["subnet-1", "subnet-2"], ["sg-1"]),
        FileSystem = new(AccessPoint, "/mnt/data"),
        Layers = [Layer],
        ReservedConcurrency = 3,
        DeadLetter = Letters,
        FailureDestination = Failures,
    };

    private static async Task<(int?, string?)> Retries(Deployment deployment, string function)
    {
        GetFunctionEventInvokeConfigResponse config =
            await deployment.Clients.Lambda.GetFunctionEventInvokeConfigAsync(new() { FunctionName = function, Qualifier = "live" }, Cancellation);
        return (config.MaximumRetryAttempts, config.DestinationConfig?.OnFailure?.Destination);
    }
}
