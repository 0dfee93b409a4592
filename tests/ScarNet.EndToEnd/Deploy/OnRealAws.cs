using System.Net;
using System.Text;
using ScarNet.Aws;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>An account that is not the engine's, as far as it can be asked without one.</summary>
public sealed class OnRealAws : IDisposable
{
    private readonly Recorder recorder = new();
    private readonly TemporaryDirectory directory = new();
    private readonly AwsClients clients;

    public OnRealAws()
    {
        File.WriteAllText(directory.Under("supervisor"), "binary");
        recorder.Answer = call => call.Service == "sts" ? CallerIdentity() : new HttpResponseMessage(HttpStatusCode.InternalServerError);
        clients = new AwsClients(new AwsSettings { AccessKey = "a", SecretKey = "b", Region = "eu-central-1", Http = recorder });
    }

    [Fact]
    public async Task EverythingThatAwsNeedsIsNamedBeforeAnythingIsAsked()
    {
        var functions = new[]
        {
            Pipelines.Batch() with { Place = new Place("p.yaml", 3, 1), Batch = new() { Compute = new() { Subnets = ["subnet-1"] } } },
            Pipelines.Batch("other") with { Place = new Place("p.yaml", 9, 1), Batch = new() { Compute = new() { SecurityGroupIds = ["sg-1"] } } },
        };

        var failure = await Assert.ThrowsAsync<ScarException>(() => Planner.Plan(
            new Pipeline("test", functions),
            new DeploySettings { Clients = clients, Supervisor = directory.Under("supervisor") },
            TestContext.Current.CancellationToken));

        Assert.Equal(
            """
            p.yaml:3:1: function 'count' has subnets for its Batch jobs, and no security groups
            p.yaml:9:1: function 'other' has security groups for its Batch jobs, and no subnets
            """,
            failure.Message);
        Assert.All(recorder.Calls, call => Assert.Equal("sts", call.Service));
    }

    [Fact]
    public async Task FunctionsGoToTheRegionTheyName()
    {
        var target = await Target.Of(
            new Pipeline("test", [Pipelines.Inline("a"), Pipelines.Inline("b") with { Region = "us-west-2" }]),
            clients,
            TestContext.Current.CancellationToken);

        Assert.Equal(
            ["eu-central-1 a", "us-west-2 b"], target.Select(t => $"{t.Target.Region} {Assert.Single(t.Functions).Name}"));
        Assert.Equal("arn:aws:iam::123456789012:role/r", target[0].Target.RoleOf(Pipelines.Inline() with { Role = "r" }));
    }

    public void Dispose()
    {
        clients.Dispose();
        directory.Dispose();
    }

    private static HttpResponseMessage CallerIdentity() => new()
    {
        Content = new StringContent(
            """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
            <Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>U</UserId>
            </GetCallerIdentityResult></GetCallerIdentityResponse>
            """,
            Encoding.UTF8,
            "text/xml"),
    };
}
