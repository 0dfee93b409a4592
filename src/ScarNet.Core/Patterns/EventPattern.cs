using System.Text.Json;

namespace ScarNet.Core.Patterns;

/// <summary>
/// An event pattern of EventBridge: which events a rule takes. Immutable. Source:
/// docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html and eb-create-pattern-operators.html
/// </summary>
public sealed class EventPattern
{
    private readonly PatternObject root;

    internal EventPattern(PatternObject root) => this.root = root;

    /// <exception cref="FormatException">It is no pattern; the message says what is wrong with it.</exception>
    public static EventPattern Parse(string json) => PatternReader.Read(json);

    /// <summary>Whether a rule takes the event.</summary>
    /// <param name="document">The whole event.</param>
    public bool Matches(JsonElement document) => root.Matches(document, assumeRest: false);

    /// <summary>Whether a rule could take an event of which only some members are known.</summary>
    /// <param name="known">An event with these members; what it leaves out may be anything.</param>
    public bool MayMatch(JsonElement known) => root.Matches(known, assumeRest: true);
}
