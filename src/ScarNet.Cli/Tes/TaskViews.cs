using System.Globalization;
using System.Text.Json.Nodes;
using ScarNet.Core;
using ScarNet.Core.Tasks;

namespace ScarNet.Cli.Tes;

/// <summary>What a server shows of a task.</summary>
internal static class TaskViews
{
    /// <param name="document">The FULL view, which is changed.</param>
    /// <param name="view">MINIMAL, BASIC or FULL; null is MINIMAL.</param>
    /// <exception cref="ScarException">There is no such view.</exception>
    public static JsonObject Of(JsonObject document, string? view)
    {
        switch (view)
        {
            case "FULL":
                return document;
            case "BASIC":
                foreach (var input in Objects(document["inputs"]))
                {
                    input.Remove("content");
                }

                foreach (var log in Objects(document["logs"]))
                {
                    log.Remove("system_logs");
                    foreach (var executor in Objects(log["logs"]))
                    {
                        executor.Remove("stdout");
                        executor.Remove("stderr");
                    }
                }

                return document;
            case null or "" or "MINIMAL":
                return new() { ["id"] = document["id"]!.DeepClone(), ["state"] = document["state"]!.DeepClone() };
            default:
                throw new ScarException($"there is no view '{view}'", "MINIMAL, BASIC and FULL are the views");
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray)?.OfType<JsonObject>() ?? [];
}

/// <summary>Which tasks a list shows.</summary>
/// <param name="NamePrefix">How the name begins; null is any.</param>
/// <param name="State">Null is any.</param>
/// <param name="Tags">All of them are there; an empty value is any.</param>
/// <param name="PageSize">Most tasks of one answer.</param>
/// <param name="Skip">Tasks of the pages before.</param>
internal sealed record TaskFilter(string? NamePrefix, TesState? State, IReadOnlyList<(string Key, string Value)> Tags, int PageSize, int Skip)
{
    /// <summary>Source: TES 1.1, ListTasks: less than 2048, default 256.</summary>
    private const int MostOnPage = 2047;

    private const int UsualOnPage = 256;

    /// <param name="query">Values of a parameter of the query.</param>
    /// <exception cref="ScarException">A value is none of those that there are.</exception>
    public static TaskFilter Read(Func<string, IReadOnlyList<string>> query)
    {
        var keys = query("tag_key");
        var values = query("tag_value");
        return new(
            First(query, "name_prefix"),
            First(query, "state") is { Length: > 0 } state
                ? TesStates.Parse(state) ?? throw new ScarException($"there is no state '{state}'") : null,
            [.. keys.Select((key, i) => (key, i < values.Count ? values[i] : ""))],
            Number(query, "page_size", UsualOnPage, MostOnPage),
            Number(query, "page_token", 0, int.MaxValue));
    }

    public bool Takes(TesTask task, TesState state) =>
        (NamePrefix is null || (task.Name ?? "").StartsWith(NamePrefix, StringComparison.Ordinal))
        && (State is null || State == state)
        && Tags.All(tag => task.Tags.TryGetValue(tag.Key, out var value) && (tag.Value.Length == 0 || tag.Value == value));

    private static string? First(Func<string, IReadOnlyList<string>> query, string name) => query(name) is [var first, ..] ? first : null;

    private static int Number(Func<string, IReadOnlyList<string>> query, string name, int usual, int most) =>
        First(query, name) is not { Length: > 0 } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? (number == 0 ? usual : number)
        : throw new ScarException($"'{text}' is no {name}", $"a whole number, 0 to {most}");
}
