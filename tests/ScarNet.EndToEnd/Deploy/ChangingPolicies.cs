using System.Net;
using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Lambda takes one change of a function's policy at a time, and knows a fresh function not everywhere at once.</summary>
public sealed class ChangingPolicies(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task IsDoneOneByOne()
    {
        using var deployment = new Deployment(engine);
        var function = In("queued", "one", "two", "three", "four", "five", "six");
        var (running, most) = (0, 0);
        deployment.Recorder.Answer = call => IsOfPolicy(call) ? Counted() : null;
        deployment.Recorder.Lose = call =>
        {
            if (IsOfPolicy(call))
            {
                Interlocked.Decrement(ref running);
            }

            return false;
        };

        await deployment.Init(function);
        var changed = await deployment.Init(In("queued", "seven", "six"));

        Assert.Equal(1, most);
        Assert.Equal(5, changed.Steps.Count(step => step is { Kind: StepKind.Delete, Resource: "permission" }));
        Assert.True((await deployment.Plan(In("queued", "seven", "six"))).IsEmpty);

        HttpResponseMessage? Counted()
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            return null;
        }
    }

    [Theory]
    [InlineData("POST", HttpStatusCode.Conflict, "ResourceConflictException", "The function could not be updated due to a concurrent update operation.")]
    [InlineData("POST", HttpStatusCode.NotFound, "ResourceNotFoundException", "Function not found: hasty")]
    [InlineData("DELETE", HttpStatusCode.Conflict, "ResourceConflictException", "The function could not be updated due to a concurrent update operation.")]
    public async Task IsTriedAgainWhereItPasses(string method, HttpStatusCode status, string code, string message)
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(In("hasty", "a"));
        var refused = 0;
        deployment.Recorder.Answer = call => IsOfPolicy(call) && call.Method == method && Interlocked.Increment(ref refused) == 1
            ? ServiceErrors.Of(call, status, code, message)
            : null;

        await deployment.Init(In("hasty", "b"));
        deployment.Recorder.Answer = _ => null;

        Assert.Equal(2, refused);
        Assert.True((await deployment.Plan(In("hasty", "b"))).IsEmpty);
        await deployment.Remove(true, In("hasty", "a", "b"));
    }

    private static bool IsOfPolicy(RecordedCall call) => call.Changes && call.Uri.AbsolutePath.Contains("/policy", StringComparison.Ordinal);

    private static FunctionDefinition In(string name, params string[] buckets) =>
        Pipelines.Inline(name) with { Triggers = [.. buckets.Select(bucket => new Trigger($"{name}-{bucket}", ""))] };
}
