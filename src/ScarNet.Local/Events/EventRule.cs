namespace ScarNet.Local.Events;

/// <summary>A rule of the default event bus, as it is kept.</summary>
/// <param name="Name">1 to 64 letters, digits, '.', '-' and '_'.</param>
/// <param name="Pattern">JSON.</param>
/// <param name="State">ENABLED or DISABLED.</param>
/// <param name="Description">Null when it has none.</param>
/// <param name="Role">ARN, kept and told; null when it has none.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record EventRule(
    string Name, string Pattern, string State, string? Description, string? Role, IReadOnlyDictionary<string, string> Tags)
{
    public const string Enabled = "ENABLED";
    public const string Disabled = "DISABLED";
}

/// <summary>Where a rule sends events.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Id">Unique in the rule.</param>
/// <param name="Document">The target as it was given: JSON.</param>
internal sealed record EventTarget(string Rule, string Id, string Document);
