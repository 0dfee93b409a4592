using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Core.Patterns;
using ScarNet.Local.Delivery;
using ScarNet.Local.Http;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Events;

/// <summary>EventBridge: the default event bus with its rules. JSON 1.1, the operation in X-Amz-Target.</summary>
internal sealed class EventsApi
{
    public const string Schema = EventStore.Schema;
    public const string TargetPrefix = "AWSEvents.";

    private readonly EventNames names;
    private readonly RulesApi rules;
    private readonly TargetsApi targets;
    private readonly EntriesApi entries;

    public EventsApi(Database database, EventBus bus, Destinations destinations, TimeProvider clock)
    {
        names = bus.Names;
        rules = new(database, bus);
        targets = new(database, bus);
        entries = new(database, bus, destinations, clock);
    }

    public async Task Handle(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var operation = target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : target;
        var answer = await Answer(operation, await JsonInput.Read(context), context.RequestAborted);
        if (answer is null)
        {
            context.Response.ContentType = JsonOutput.Json11;
            context.Response.ContentLength = 0;
            return;
        }

        await JsonOutput.Write(context, StatusCodes.Status200OK, answer, JsonOutput.Json11);
    }

    /// <returns>Null where AWS answers with an empty body.</returns>
    private Task<JsonObject?> Answer(string operation, JsonInput input, CancellationToken cancellation) => operation switch
    {
        "PutRule" => rules.Put(input, cancellation),
        "DescribeRule" => rules.Describe(input),
        "ListRules" => rules.List(input),
        "EnableRule" => rules.Switch(input, EventRule.Enabled, cancellation),
        "DisableRule" => rules.Switch(input, EventRule.Disabled, cancellation),
        "DeleteRule" => rules.Delete(input, cancellation),
        "TagResource" => rules.Tag(input, cancellation),
        "UntagResource" => rules.Untag(input, cancellation),
        "ListTagsForResource" => rules.ListTags(input),
        "PutTargets" => targets.Put(input, cancellation),
        "RemoveTargets" => targets.Remove(input, cancellation),
        "ListTargetsByRule" => targets.List(input),
        "ListRuleNamesByTarget" => targets.RulesOf(input),
        "PutEvents" => entries.Put(input, cancellation),
        "TestEventPattern" => Task.FromResult<JsonObject?>(new JsonObject { ["Result"] = Test(input) }),
        "DescribeEventBus" => DescribeBus(input),
        "ListEventBuses" => Task.FromResult<JsonObject?>(new JsonObject { ["EventBuses"] = new JsonArray(Bus()) }),
        _ => throw new ApiException(400, "UnknownOperationException", $"The local engine has no EventBridge operation '{operation}'."),
    };

    private Task<JsonObject?> DescribeBus(JsonInput input)
    {
        names.CheckBus(input.Text("Name"));
        return Task.FromResult<JsonObject?>(Bus());
    }

    private JsonObject Bus() => new() { ["Name"] = EventNames.DefaultBus, ["Arn"] = names.Bus };

    private static bool Test(JsonInput input)
    {
        try
        {
            using var document = LenientJson.Read(input.Text("Event") ?? "");
            return EventPattern.Parse(input.Text("EventPattern") ?? "").Matches(document.RootElement);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw EventsFault.Invalid($"Parameter Event is not valid. Reason: {e.Message}");
        }
        catch (FormatException e)
        {
            throw EventsFault.Pattern(e.Message);
        }
    }
}
