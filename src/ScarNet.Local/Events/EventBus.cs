using System.Text.Json;
using Microsoft.Data.Sqlite;
using ScarNet.Core.Patterns;
using ScarNet.Local.Delivery;
using ScarNet.Local.Sqs;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Events;

/// <summary>
/// The default event bus: holds events against the rules and hands them to the targets, in the transaction of what caused them. Thread-safe;
/// rules are read when they have changed.
/// </summary>
internal sealed class EventBus(Database database, Destinations destinations, EngineSettings settings)
{
    public const string Service = "events.amazonaws.com";

    private readonly Lock reading = new();
    private volatile List<Rule>? rules;

    public EventNames Names { get; } = new(settings.Region, settings.Account);

    /// <summary>Whether anybody could want an event; false spares making it up.</summary>
    public bool HasRules => Rules.Count > 0;

    /// <summary>Whether a rule could take an event of which only some members are known.</summary>
    public bool Wants(JsonElement known) => Rules.Any(rule => rule.Pattern.MayMatch(known));

    /// <summary>After a change of rules or targets is committed.</summary>
    public void Reload()
    {
        lock (reading)
        {
            rules = Read();
        }
    }

    private List<Rule> Rules => rules ?? ReadFirst();

    /// <summary>Sends an event where the rules want it. What cannot be delivered goes to the target's dead-letter queue.</summary>
    /// <param name="db">The write of what has happened.</param>
    /// <param name="happened">The event.</param>
    public void Publish(SqliteConnection db, BusEvent happened)
    {
        if (!HasRules)
        {
            return;
        }

        using var document = happened.ToDocument(settings.Region, settings.Account);
        foreach (var rule in Rules.Where(rule => rule.Pattern.Matches(document.RootElement)))
        {
            foreach (var target in rule.Targets)
            {
                Deliver(db, rule.Arn, target, document.RootElement);
            }
        }
    }

    private static void Warn(string message) => Console.Error.WriteLine($"scarnet: engine: {message}");

    private static JsonInput ReadTarget(string document)
    {
        using var json = JsonDocument.Parse(document);
        return new(json.RootElement.Clone());
    }

    private List<Rule> ReadFirst()
    {
        lock (reading)
        {
            return rules ??= Read();
        }
    }

    /// <summary>Only under the lock: a list that was read earlier must not take the place of a later one.</summary>
    private List<Rule> Read() => database.Read(db =>
    {
        var targets = EventStore.Targets(db, null).ToLookup(target => target.Rule);
        return EventStore.List(db, "", "", long.MaxValue).Where(rule => rule.State == EventRule.Enabled)
            .Select(rule => new Rule(
                Names.Rule(rule.Name), EventPattern.Parse(rule.Pattern), [.. targets[rule.Name].Select(target => ReadTarget(target.Document))]))
            .ToList();
    });

    private void Deliver(SqliteConnection db, string rule, JsonInput target, JsonElement document)
    {
        var (arn, payload) = (target.Text("Arn") ?? "", TargetInput.Of(target, document));
        if (destinations.Send(db, new Sender(Service, rule), arn, new Message(payload)) is not { } failure)
        {
            return;
        }

        Warn($"an event of rule '{rule}' cannot go to '{arn}': {failure.Text}");
        if (target.Object("DeadLetterConfig")?.Text("Arn") is { } letters)
        {
            // Source: docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
            var attributes = QueueMessage.Texts(new Dictionary<string, string>
            {
                ["RULE_ARN"] = rule,
                ["TARGET_ARN"] = arn,
                ["ERROR_CODE"] = failure.Code,
                ["ERROR_MESSAGE"] = failure.Text,
            });
            if (destinations.Send(db, new Sender(Service, rule), letters, new Message(payload) { Attributes = attributes }) is { } lost)
            {
                Warn($"an event of rule '{rule}' is lost, as it cannot go to '{letters}' either: {lost.Text}");
            }
        }
    }

    private sealed record Rule(string Arn, EventPattern Pattern, IReadOnlyList<JsonInput> Targets);
}
