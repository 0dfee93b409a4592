using ScarNet.Core.Functions;

namespace ScarNet.Core.Jobs;

/// <summary>
/// The words of a job's command behind the supervisor: its phase, if it has one, and the parameters, each a name and then its value. In a
/// job definition a value is <c>Ref::name</c>, which Batch replaces; it stands as a word of its own, since that is all that AWS documents.
/// </summary>
/// <param name="Phase">See <see cref="Phases"/>; null runs all of them.</param>
/// <param name="Parameters">Name → value.</param>
public sealed record JobArguments(string? Phase, IReadOnlyDictionary<string, string> Parameters)
{
    private const string Marker = "--parameters";

    /// <summary>The words for these values.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyDictionary<string, string> values) => values.Count == 0
        ? []
        : [Marker, .. values.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Key, pair.Value })];

    /// <summary>The words of a definition, each value a placeholder.</summary>
    public static IReadOnlyList<string> Placeholders(IEnumerable<string> names) =>
        Of(names.ToDictionary(name => name, name => Functions.Parameters.Prefix + name));

    /// <exception cref="ScarException">They are none of a job.</exception>
    public static JobArguments Read(IReadOnlyList<string> words)
    {
        var marker = words.Count > 0 && words[0] == Marker ? 0 : words.Count > 1 && words[1] == Marker ? 1 : words.Count;
        if (marker > 1 || (marker < words.Count && (words.Count - marker) % 2 == 0))
        {
            throw new ScarException(
                $"'{string.Join(' ', words)}' is no command of a job", $"[{Phases.StageIn}|{Phases.RunScript}|{Phases.StageOut}] [{Marker} NAME VALUE...]");
        }

        var values = new Dictionary<string, string>();
        for (var i = marker + 1; i < words.Count; i += 2)
        {
            values[words[i]] = words[i + 1];
        }

        return new(marker == 1 ? words[0] : null, values);
    }
}
