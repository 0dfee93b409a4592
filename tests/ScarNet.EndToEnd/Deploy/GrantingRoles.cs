using System.Net;
using System.Text;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

public sealed class GrantingRoles(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MakesThemBeforeWhatRunsAsThem()
    {
        using var deployment = new Deployment(engine);

        await deployment.Init(Pipelines.Inline("granted"), Pipelines.Batch("granted-jobs"));

        deployment.AssertCallsAreWhatAwsTakes();
        var function = await deployment.Clients.Lambda.GetFunctionConfigurationAsync(new() { FunctionName = "granted" }, Cancellation);
        Assert.Equal("arn:aws:iam::000000000000:role/scarnet/granted.us-east-1.lambda", function.Role);
        var jobs = await deployment.Clients.Batch.DescribeJobDefinitionsAsync(
            new() { JobDefinitionName = "scarnet-granted-jobs", Status = "ACTIVE" }, Cancellation);
        Assert.Equal("arn:aws:iam::000000000000:role/scarnet/granted-jobs.us-east-1.job", Assert.Single(jobs.JobDefinitions!).ContainerProperties!.JobRoleArn);
        var role = await deployment.Clients.Iam.GetRoleAsync(new() { RoleName = "granted.us-east-1.lambda" }, Cancellation);
        Assert.Equal(("granted", "a"), (role.Role!.Tags["scarnet:function"], role.Role.Tags["team"]));
        var order = deployment.Recorder.Changes.Select(call => call.ToString()).ToList();
        Assert.True(
            order.FindLastIndex(call => call.Contains("PutRolePolicy", StringComparison.Ordinal))
            >= 0 && order.FindIndex(call => call.Contains("CreateRole", StringComparison.Ordinal))
            < order.FindIndex(call => call.Contains("POST /2015-03-31/functions", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task UpdatesAPolicyOnlyWhenItSaysSomethingElse()
    {
        using var deployment = new Deployment(engine);
        var before = Pipelines.Inline("regranted");
        await deployment.Init(before);
        var name = "regranted.us-east-1.lambda";
        var policy = (await deployment.Clients.Iam.GetRolePolicyAsync(new() { RoleName = name, PolicyName = "scarnet" }, Cancellation)).PolicyDocument!;
        await deployment.Clients.Iam.PutRolePolicyAsync(
            new() { RoleName = name, PolicyName = "scarnet", PolicyDocument = policy.Replace(",", " ,\n", StringComparison.Ordinal) }, Cancellation);

        var rewritten = await deployment.Plan(before);
        var plan = await deployment.Init(before with { Outputs = [new("regranted-out", "elsewhere/")] });

        Assert.True(rewritten.IsEmpty);
        Assert.Contains(plan.Steps, step => step is { Kind: StepKind.Update, Resource: "role" } && step.Name == name);
        policy = (await deployment.Clients.Iam.GetRolePolicyAsync(new() { RoleName = name, PolicyName = "scarnet" }, Cancellation)).PolicyDocument!;
        Assert.Contains("arn:aws:s3:::regranted-out/elsewhere/*", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BoundsThemOnceTheyAreToldTo()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("bounded");
        const string Everything = """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
        await engine.Aws("iam", "create-policy", "--policy-name", "boundary.us-east-1", "--path", "/scarnet/", "--policy-document", Everything);
        await engine.Aws("iam", "create-policy", "--policy-name", "stricter", "--policy-document", Everything);
        const string Stricter = "arn:aws:iam::000000000000:policy/stricter";

        deployment.Boundary = RoleBoundary.Of("foundation")!.Value;
        await deployment.Init(function);
        var made = await Of(deployment);
        deployment.Boundary = default;
        var untold = await deployment.Plan(function);
        deployment.Boundary = RoleBoundary.Of(Stricter)!.Value;
        var plan = await deployment.Init(function);
        var changed = await Of(deployment);
        var again = await deployment.Plan(function);
        deployment.Boundary = RoleBoundary.Of("none")!.Value;
        await deployment.Init(function);
        var without = await Of(deployment);

        const string OfTheFoundation = "arn:aws:iam::000000000000:policy/scarnet/boundary.us-east-1";
        Assert.Equal((OfTheFoundation, Stricter, null), (made, changed, without));
        Assert.True(untold.IsEmpty);
        Assert.True(again.IsEmpty);
        Assert.Equal(
            new StepChange("permissions boundary", OfTheFoundation, Stricter), Assert.Single(Assert.Single(plan.Steps, step => step.Kind == StepKind.Update).Changes));
        deployment.AssertCallsAreWhatAwsTakes();

        static async Task<string?> Of(Deployment deployment) => (await deployment.Clients.Iam.GetRoleAsync(
            new() { RoleName = "bounded.us-east-1.lambda" }, Cancellation)).Role!.PermissionsBoundary?.PermissionsBoundaryArn;
    }

    [Theory]
    [InlineData("foundation", true)]
    [InlineData("none", true)]
    [InlineData("arn:aws:iam::123456789012:policy/teams/limit", true)]
    [InlineData("arn:aws-cn:iam::aws:policy/ReadOnlyAccess", true)]
    [InlineData("arn:aws:iam::123456789012:role/limit", false)]
    [InlineData("limit", false)]
    [InlineData("", false)]
    public void TakesAManagedPolicyForABoundary(string text, bool taken) => Assert.Equal(taken, RoleBoundary.Of(text) is not null);

    [Fact]
    public async Task MendsATrustThatSomebodyWidened()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("widened");
        await deployment.Init(function);
        await deployment.Clients.Iam.UpdateAssumeRolePolicyAsync(
            new()
            {
                RoleName = "widened.us-east-1.lambda",
                PolicyDocument = """{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com","AWS":"*"},"Action":"sts:AssumeRole"}}""",
            },
            Cancellation);

        var plan = await deployment.Init(function);

        Assert.Equal("trust policy", Assert.Single(plan.Steps.Where(step => step.Kind == StepKind.Update).SelectMany(step => step.Changes)).Field);
        Assert.True((await deployment.Plan(function)).IsEmpty);
    }

    [Fact]
    public async Task MakesNoneForAFunctionThatNamesItsOwn()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Batch("named") with { Role = "arn:aws:iam::000000000000:role/mine" };

        var plan = await deployment.Init(function);

        Assert.DoesNotContain(plan.Steps, step => step.Resource == "role");
        var jobs = await deployment.Clients.Batch.DescribeJobDefinitionsAsync(new() { JobDefinitionName = "scarnet-named" }, Cancellation);
        Assert.Equal("arn:aws:iam::000000000000:role/mine", Assert.Single(jobs.JobDefinitions!).ContainerProperties!.JobRoleArn);
    }

    [Fact]
    public async Task LeavesARoleAloneThatItDidNotMake()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("foreign");
        await deployment.Clients.Iam.CreateRoleAsync(
            new()
            {
                RoleName = "foreign.us-east-1.lambda",
                AssumeRolePolicyDocument = """{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}""",
            },
            Cancellation);

        var refusal = await Assert.ThrowsAsync<ScarException>(() => deployment.Plan(function));
        await deployment.Remove(false, function);

        Assert.Equal("role 'foreign.us-east-1.lambda' exists and was not made by scarnet for function 'foreign'", refusal.Message);
        Assert.NotNull((await deployment.Clients.Iam.GetRoleAsync(new() { RoleName = "foreign.us-east-1.lambda" }, Cancellation)).Role);
    }

    [Fact]
    public async Task TakesThemAwayWithPoliciesThatOthersAdded()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Batch("ungranted");
        await deployment.Init(function);
        await deployment.Clients.Iam.PutRolePolicyAsync(
            new()
            {
                RoleName = "ungranted.us-east-1.job",
                PolicyName = "more",
                PolicyDocument = """{"Statement":{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}}""",
            },
            Cancellation);

        await deployment.Remove(false, function);

        deployment.AssertCallsAreWhatAwsTakes();
        Assert.DoesNotContain(await deployment.WhatIsThere(), line => line.StartsWith("role ungranted", StringComparison.Ordinal));
    }

    /// <summary>IAM says that a role is there before Lambda can take it.</summary>
    [Fact]
    public async Task WaitsUntilLambdaKnowsAFreshRole()
    {
        using var deployment = new Deployment(engine);
        var refusals = 0;
        deployment.Recorder.Answer = call =>
            call is { Service: "lambda", Method: "POST" } && call.Uri.AbsolutePath.TrimEnd('/') == "/2015-03-31/functions" && refusals++ < 2 ? Refusal("The role defined for the function cannot be assumed by Lambda.") : null;

        await deployment.Init(Pipelines.Inline("fresh"));

        Assert.Equal(3, refusals);
        Assert.Contains("function fresh", await deployment.WhatIsThere());
    }

    internal static HttpResponseMessage Refusal(string message)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            Content = new StringContent($$"""{"message":"{{message}}"}""", Encoding.UTF8, "application/json"),
        };
        answer.Headers.Add("x-amzn-ErrorType", "InvalidParameterValueException");
        return answer;
    }
}
