using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Core.Functions;
using ScarNet.Local.Delivery;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Events;

/// <summary>The targets of rules.</summary>
internal sealed class TargetsApi(Database database, EventBus bus)
{
    /// <summary>Source: docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html</summary>
    private const int MostTargets = 5;

    private const int MostListed = 100;

    public async Task<JsonObject?> Put(JsonInput input, CancellationToken cancellation)
    {
        var rule = RuleOf(input);
        var given = (input.Objects("Targets") ?? []).Select(target => new EventTarget(rule, Checked(target), target.Element.GetRawText())).ToList();
        await database.Write(
            db =>
            {
                _ = EventStore.Find(db, rule) ?? throw EventsFault.NoRule(rule);
                if (EventStore.Targets(db, rule).Select(target => target.Id).Union(given.Select(target => target.Id)).Count() > MostTargets)
                {
                    throw EventsFault.TooMany();
                }

                given.ForEach(target => EventStore.PutTarget(db, target));
            },
            cancellation);
        bus.Reload();
        return new JsonObject { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    public async Task<JsonObject?> Remove(JsonInput input, CancellationToken cancellation)
    {
        var rule = RuleOf(input);
        var ids = input.Texts("Ids") ?? [];
        var failed = await database.Write(
            db =>
            {
                _ = EventStore.Find(db, rule) ?? throw EventsFault.NoRule(rule);
                return ids.Where(id => !EventStore.DeleteTarget(db, rule, id)).ToList();
            },
            cancellation);
        bus.Reload();
        return new JsonObject
        {
            ["FailedEntryCount"] = failed.Count,
            ["FailedEntries"] = JsonOutput.List(failed.Select(id => new JsonObject
            {
                ["TargetId"] = id,
                ["ErrorCode"] = "ResourceNotFoundException",
                ["ErrorMessage"] = $"Rule {rule} does not have a target with the Id {id}.",
            })),
        };
    }

    public Task<JsonObject?> List(JsonInput input)
    {
        var rule = RuleOf(input);
        var targets = database.Read(db =>
        {
            _ = EventStore.Find(db, rule) ?? throw EventsFault.NoRule(rule);
            return EventStore.Targets(db, rule);
        });
        return Task.FromResult<JsonObject?>(new JsonObject { ["Targets"] = JsonOutput.List(targets.Select(target => JsonNode.Parse(target.Document)!)) });
    }

    public Task<JsonObject?> RulesOf(JsonInput input)
    {
        bus.Names.CheckBus(input.Text("EventBusName"));
        var arn = input.Text("TargetArn");
        var after = input.Text("NextToken") ?? "";
        var limit = (int)Math.Clamp(input.Number("Limit") ?? MostListed, 1, MostListed);
        var rules = database.Read(db => EventStore.Targets(db, null)).Where(target => Arn(target.Document) == arn).Select(target => target.Rule)
            .Distinct().Where(rule => string.CompareOrdinal(rule, after) > 0).Take(limit + 1).ToList();
        return Task.FromResult<JsonObject?>(JsonOutput.WithoutNulls(new JsonObject
        {
            ["RuleNames"] = JsonOutput.Texts(rules.Take(limit)),
            ["NextToken"] = rules.Count > limit ? rules[limit - 1] : null,
        }));
    }

    private static string? Arn(string document)
    {
        using var json = JsonDocument.Parse(document);
        return json.RootElement.GetProperty("Arn").GetString();
    }

    /// <returns>Its id.</returns>
    private static string Checked(JsonInput target)
    {
        var (id, arn) = (EventNames.Check(target.Text("Id"), "targets.1.member.id"), target.Text("Arn") ?? "");
        if (Core.Functions.Arn.Parse(arn) is null)
        {
            throw EventsFault.Invalid($"Parameter {arn} is not valid. Reason: Provided Arn is not in correct format.");
        }

        if (!Destinations.Knows(arn))
        {
            throw EventsFault.Invalid($"The local engine cannot send events to '{arn}'.");
        }

        if (target.Object("DeadLetterConfig")?.Text("Arn") is { } letters && Core.Functions.Arn.Parse(letters) is not { Service: "sqs" })
        {
            throw EventsFault.Invalid($"Parameter DeadLetterConfig.Arn is not valid. Reason: '{letters}' is no queue's.");
        }

        TargetInput.Check(target);
        return id;
    }

    private string RuleOf(JsonInput input)
    {
        bus.Names.CheckBus(input.Text("EventBusName"));
        return EventNames.Check(input.Text("Rule"), "rule");
    }
}
