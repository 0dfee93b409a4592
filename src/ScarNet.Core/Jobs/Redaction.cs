namespace ScarNet.Core.Jobs;

/// <summary>Keeps secrets out of what is logged: the values of variables whose names say that they are secret.</summary>
public sealed class Redaction
{
    private const string Stars = "***";

    // It is in every run, and no key to anything.
    private const string ObjectKey = "STORAGE_OBJECT_KEY";

    // A shorter one would be found everywhere.
    private const int ShortestSecret = 4;

    private static readonly string[] Words =
        ["SECRET", "TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "APIKEY", "API_KEY", "ACCESS_KEY", "PRIVATE_KEY", "AUTH"];

    private readonly IReadOnlyList<string> secrets;

    private Redaction(IReadOnlyList<string> secrets) => this.secrets = secrets;

    /// <summary>What the variables of an environment keep secret.</summary>
    /// <param name="environment">The variables.</param>
    /// <param name="declared">Names of those that are secret whatever they are called; each line of their values is, too.</param>
    public static Redaction Of(IEnumerable<KeyValuePair<string, string>> environment, params IEnumerable<string> declared)
    {
        var names = declared.ToHashSet(StringComparer.Ordinal);
        return new(
        [
            .. environment.Where(variable => names.Contains(variable.Key) || IsSecret(variable.Key))
                .SelectMany(variable => names.Contains(variable.Key) ? [variable.Value, .. variable.Value.Split('\n', '\r')] : new[] { variable.Value })
                .Where(value => value.Length >= ShortestSecret).Distinct().OrderByDescending(value => value.Length),
        ]);
    }

    /// <summary>Whether a variable's name says that its value is nobody's business.</summary>
    public static bool IsSecret(string name) => name != ObjectKey && (
        Words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) || name.EndsWith("_KEY", StringComparison.OrdinalIgnoreCase));

    /// <summary>The text with stars where it holds a secret.</summary>
    public string Apply(string text) => secrets.Aggregate(text, (left, secret) => left.Replace(secret, Stars, StringComparison.Ordinal));

    /// <summary>The same of the end of a text, whose cut may have gone through a secret.</summary>
    public string ApplyToEnd(string text)
    {
        var cut = (
            from secret in secrets
            from length in Enumerable.Range(ShortestSecret, Math.Max(0, secret.Length - ShortestSecret))
            where text.AsSpan().StartsWith(secret.AsSpan()[^length..], StringComparison.Ordinal)
            select length).DefaultIfEmpty(0).Max();
        return Apply(cut == 0 ? text : Stars + text[cut..]);
    }

    /// <inheritdoc cref="Apply(string)"/>
    public IReadOnlyList<string> Apply(IEnumerable<string> texts) => [.. texts.Select(Apply)];
}
