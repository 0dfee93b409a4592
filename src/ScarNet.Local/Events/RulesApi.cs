using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Core.Functions;
using ScarNet.Core.Patterns;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Events;

/// <summary>PutRule and its neighbours, and the tags of rules.</summary>
internal sealed class RulesApi(Database database, EventBus bus)
{
    private const int MostListed = 100;
    private const int MostRules = 300;

    /// <summary>Tags of a rule that is there already are not looked at. Source: …/APIReference/API_PutRule.html</summary>
    public async Task<JsonObject?> Put(JsonInput input, CancellationToken cancellation)
    {
        bus.Names.CheckBus(input.Text("EventBusName"));
        var name = EventNames.Check(input.Text("Name"));
        var pattern = Pattern(input);
        var state = input.Text("State") ?? EventRule.Enabled;
        if (state is not (EventRule.Enabled or EventRule.Disabled))
        {
            throw EventsFault.Invalid(
                $"1 validation error detected: Value '{state}' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED]");
        }

        await Write(
            db =>
            {
                var old = EventStore.Find(db, name);
                if (old is null && db.Number("SELECT count(*) FROM event_rules") >= MostRules)
                {
                    throw EventsFault.TooMany();
                }

                EventStore.Put(db, new(name, pattern, state, input.Text("Description"), input.Text("RoleArn"), old?.Tags ?? Tags(input)));
            },
            cancellation);
        return new JsonObject { ["RuleArn"] = bus.Names.Rule(name) };
    }

    public Task<JsonObject?> Describe(JsonInput input)
    {
        var described = Describe(Get(input));
        described["CreatedBy"] = bus.Names.Bus.Split(':')[4];
        return Task.FromResult<JsonObject?>(described);
    }

    public Task<JsonObject?> List(JsonInput input)
    {
        bus.Names.CheckBus(input.Text("EventBusName"));
        var limit = Math.Clamp(input.Number("Limit") ?? MostListed, 1, MostListed);
        var found = database.Read(db => EventStore.List(db, input.Text("NamePrefix") ?? "", input.Text("NextToken") ?? "", limit + 1));
        return Task.FromResult<JsonObject?>(JsonOutput.WithoutNulls(new JsonObject
        {
            ["Rules"] = JsonOutput.List(found.Take((int)limit).Select(Describe)),
            ["NextToken"] = found.Count > limit ? found[(int)limit - 1].Name : null,
        }));
    }

    public Task<JsonObject?> Switch(JsonInput input, string state, CancellationToken cancellation) =>
        Change(EventNames.Check(Get(input).Name), rule => rule with { State = state }, cancellation);

    /// <summary>One that is not there is deleted.</summary>
    public async Task<JsonObject?> Delete(JsonInput input, CancellationToken cancellation)
    {
        bus.Names.CheckBus(input.Text("EventBusName"));
        var name = EventNames.Check(input.Text("Name"));
        await Write(
            db =>
            {
                if (EventStore.Targets(db, name).Count > 0)
                {
                    throw EventsFault.Invalid("Rule can't be deleted since it has targets.");
                }

                EventStore.Delete(db, name);
            },
            cancellation);
        return null;
    }

    public Task<JsonObject?> Tag(JsonInput input, CancellationToken cancellation)
    {
        var added = Tags(input);
        return Change(
            bus.Names.RuleOf(input.Text("ResourceARN")),
            rule => rule with { Tags = Bounded(rule.Tags.Where(tag => !added.ContainsKey(tag.Key)).Concat(added)) },
            cancellation,
            new JsonObject());
    }

    public Task<JsonObject?> Untag(JsonInput input, CancellationToken cancellation)
    {
        var removed = input.Texts("TagKeys") ?? [];
        return Change(
            bus.Names.RuleOf(input.Text("ResourceARN")),
            rule => rule with { Tags = Bounded(rule.Tags.Where(tag => !removed.Contains(tag.Key))) },
            cancellation,
            new JsonObject());
    }

    public Task<JsonObject?> ListTags(JsonInput input)
    {
        var name = bus.Names.RuleOf(input.Text("ResourceARN"));
        var rule = database.Read(db => EventStore.Find(db, name)) ?? throw EventsFault.NoRule(name);
        return Task.FromResult<JsonObject?>(new JsonObject
        {
            ["Tags"] = JsonOutput.List(rule.Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })),
        });
    }

    private static string Pattern(JsonInput input)
    {
        if (input.Has("ScheduleExpression"))
        {
            throw EventsFault.Invalid("The local engine has rules with an EventPattern, but no schedules.");
        }

        var pattern = input.Text("EventPattern") ?? throw EventsFault.Invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        if (pattern.Length > AwsLimits.EventPatternLength)
        {
            throw new Http.ApiException(
                400, "LimitExceededException", $"Event pattern has {pattern.Length} characters; the limit is {AwsLimits.EventPatternLength}.");
        }

        try
        {
            EventPattern.Parse(pattern);
            return pattern;
        }
        catch (FormatException e)
        {
            throw EventsFault.Pattern(e.Message);
        }
    }

    private static Dictionary<string, string> Tags(JsonInput input) =>
        Bounded((input.Objects("Tags") ?? []).Select(tag => KeyValuePair.Create(tag.Text("Key") ?? "", tag.Text("Value") ?? "")));

    private static Dictionary<string, string> Bounded(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var all = tags.ToDictionary(StringComparer.Ordinal);
        return all.Count <= AwsLimits.MaxTags ? all : throw EventsFault.TooMany();
    }

    private EventRule Get(JsonInput input)
    {
        bus.Names.CheckBus(input.Text("EventBusName"));
        var name = EventNames.Check(input.Text("Name"));
        return database.Read(db => EventStore.Find(db, name)) ?? throw EventsFault.NoRule(name);
    }

    private async Task<JsonObject?> Change(string name, Func<EventRule, EventRule> change, CancellationToken cancellation, JsonObject? answer = null)
    {
        await Write(db => EventStore.Put(db, change(EventStore.Find(db, name) ?? throw EventsFault.NoRule(name))), cancellation);
        return answer;
    }

    private async Task Write(Action<SqliteConnection> work, CancellationToken cancellation)
    {
        await database.Write(work, cancellation);
        bus.Reload();
    }

    private JsonObject Describe(EventRule rule) => JsonOutput.WithoutNulls(new JsonObject
    {
        ["Name"] = rule.Name,
        ["Arn"] = bus.Names.Rule(rule.Name),
        ["EventPattern"] = rule.Pattern,
        ["State"] = rule.State,
        ["Description"] = rule.Description,
        ["RoleArn"] = rule.Role,
        ["EventBusName"] = EventNames.DefaultBus,
    });
}
