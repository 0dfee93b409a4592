using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>Tags, reserved concurrency and the settings of asynchronous invocation.</summary>
internal sealed class SettingsApi(FunctionStore store, AsyncQueue queue, TimeProvider clock)
{
    public Task ListTags(HttpContext http, FunctionRecord function) =>
        Answer(http, new JsonObject { ["Tags"] = JsonOutput.Map(function.Tags) });

    public async Task Tag(HttpContext http, FunctionRecord function)
    {
        var added = (await JsonInput.Read(http)).Map("Tags") ?? new Dictionary<string, string>();
        await Change(http, function, present =>
        {
            var tags = new Dictionary<string, string>(present.Tags, StringComparer.Ordinal);
            foreach (var (name, value) in added)
            {
                tags[name] = value;
            }

            return present with { Tags = FunctionRules.Tags(tags) };
        });
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public async Task Untag(HttpContext http, FunctionRecord function, QueryParameters query)
    {
        var removed = query.Where(q => q.Key == "tagKeys").Select(q => q.Value).ToHashSet(StringComparer.Ordinal);
        await Change(http, function, present => present with
        {
            Tags = present.Tags.Where(t => !removed.Contains(t.Key)).ToDictionary(t => t.Key, t => t.Value),
        });
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public async Task PutConcurrency(HttpContext http, FunctionRecord function)
    {
        var reserved = (await JsonInput.Read(http)).Number("ReservedConcurrentExecutions") is >= 0 and <= int.MaxValue and var number
            ? (int)number
            : throw LambdaFault.Validation("null", "reservedConcurrentExecutions", "Member must have value greater than or equal to 0");
        await Change(http, function, present => present with { ReservedConcurrency = reserved });
        await Answer(http, new JsonObject { ["ReservedConcurrentExecutions"] = reserved });
    }

    public Task GetConcurrency(HttpContext http, FunctionRecord function) => Answer(
        http,
        function.ReservedConcurrency is { } reserved ? new JsonObject { ["ReservedConcurrentExecutions"] = reserved } : []);

    public async Task DeleteConcurrency(HttpContext http, FunctionRecord function)
    {
        await Change(http, function, present => present with { ReservedConcurrency = null });
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>PutFunctionEventInvokeConfig replaces what is there; UpdateFunctionEventInvokeConfig keeps what it does not name.</summary>
    public async Task PutEventInvoke(HttpContext http, FunctionRecord function, bool replace)
    {
        var input = await JsonInput.Read(http);
        EventInvokeSettings? put = null;
        await ChangeEventInvoke(http, function, present =>
        {
            var old = replace ? null : present ?? throw NoEventInvoke(function);
            var destinations = input.Object("DestinationConfig");
            return put = new EventInvokeSettings(
                input.Number("MaximumRetryAttempts") is { } retries ? FunctionRules.Retries(retries) : old?.MaximumRetryAttempts,
                input.Number("MaximumEventAgeInSeconds") is { } age ? FunctionRules.EventAge(age) : old?.MaximumEventAgeSeconds,
                Destination(destinations?.Object("OnSuccess"), old?.OnSuccessArn),
                Destination(destinations?.Object("OnFailure"), old?.OnFailureArn),
                clock.GetUtcNow());
        });
        await Answer(http, FunctionAnswers.EventInvoke(function, put!));
    }

    public Task GetEventInvoke(HttpContext http, FunctionRecord function) =>
        Answer(http, FunctionAnswers.EventInvoke(function, function.EventInvoke ?? throw NoEventInvoke(function)));

    public Task ListEventInvoke(HttpContext http, FunctionRecord function)
    {
        var all = function.Qualified
            .Select(own => (Qualifier: own.Key, own.Value.EventInvoke)).OrderBy(own => own.Qualifier, StringComparer.Ordinal)
            .Prepend((Qualifier: FunctionName.Latest, function.EventInvoke))
            .Where(own => own.EventInvoke is not null);
        return Answer(http, new JsonObject
        {
            ["FunctionEventInvokeConfigs"] = JsonOutput.List(all.Select(own => FunctionAnswers.EventInvoke(function with { Qualifier = own.Qualifier }, own.EventInvoke!))),
        });
    }

    public async Task DeleteEventInvoke(HttpContext http, FunctionRecord function)
    {
        await ChangeEventInvoke(http, function, present => present is null ? throw NoEventInvoke(function) : null);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Http.ApiException NoEventInvoke(FunctionRecord function) =>
        LambdaFault.Missing($"The function {function.Arn}:{function.Qualifier ?? FunctionName.Latest} doesn't have an EventInvokeConfig");

    private static Task Answer(HttpContext http, JsonObject body) => JsonOutput.Write(http, StatusCodes.Status200OK, body, JsonOutput.Rest);

    /// <summary>A Lambda destination must be there; the others are taken at their word.</summary>
    private string? Destination(JsonInput? input, string? old)
    {
        var arn = input is null ? old : FunctionRules.TargetArn(input.Text("Destination"));
        return arn is not null && arn.StartsWith("arn:aws:lambda:", StringComparison.Ordinal) && store.Resolve(arn) is null
            ? throw LambdaFault.Invalid($"The destination ARN {arn} is invalid: there is no such function.")
            : arn;
    }

    private async Task ChangeEventInvoke(HttpContext http, FunctionRecord function, Func<EventInvokeSettings?, EventInvokeSettings?> change)
    {
        await store.Change(
            function.Name,
            null,
            present => FunctionVersions.Change(present, function.Qualifier, own => own with { EventInvoke = change(own.EventInvoke) }),
            http.RequestAborted,
            newRevision: function.Qualifier is null or FunctionName.Latest);
        queue.Signal();
    }

    private async Task<FunctionRecord> Change(HttpContext http, FunctionRecord function, Func<FunctionRecord, FunctionRecord> change)
    {
        var changed = await store.Change(function.Name, null, change, http.RequestAborted);
        queue.Signal(); // a bound may have been lifted
        return changed;
    }
}
