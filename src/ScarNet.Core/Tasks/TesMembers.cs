using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScarNet.Core.Tasks;

/// <summary>The members of one JSON object of a task, read by their snake_case name, with a note of all that is wrong.</summary>
internal sealed class TesMembers(JsonObject members, string place, List<TesProblem> problems)
{
    public void Problem(string name, string message) => problems.Add(new(At(name), message));

    /// <summary>Null when it is missing or no text.</summary>
    public string? Text(string name, bool required = false)
    {
        var value = Find(name);
        if (value?.GetValueKind() == JsonValueKind.String)
        {
            var text = value.GetValue<string>();
            if (required && text.Length == 0)
            {
                Problem(name, "it is empty");
            }

            return text;
        }

        if (value is not null)
        {
            Problem(name, "it must be a text");
        }
        else if (required)
        {
            Problem(name, "it is missing");
        }

        return null;
    }

    public bool Flag(string name)
    {
        var value = Find(name);
        if (value is not null && value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            Problem(name, "it must be true or false");
        }

        return value?.GetValueKind() == JsonValueKind.True;
    }

    /// <summary>A number above 0, as a number or, as protocol buffers write long ones, as a text.</summary>
    public double? Number(string name, bool whole)
    {
        var value = Find(name);
        if (value is null)
        {
            return null;
        }

        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number) || number < 0 || (whole && (number != Math.Floor(number) || number > int.MaxValue)))
        {
            Problem(name, $"it must be {(whole ? "a whole number" : "a number")}, 0 or more");
            return null;
        }

        return number == 0 ? null : number; // 0 is how protocol buffers write 'not set'
    }

    /// <summary>A path in the container.</summary>
    public string? Path(string name, bool directory, bool required) =>
        Text(name, required) is { Length: > 0 } path ? Normalize(path, directory, message => Problem(name, message)) : null;

    public TesMembers? Object(string name)
    {
        switch (Find(name))
        {
            case null:
                return null;
            case JsonObject inner:
                return new(inner, At(name), problems);
            default:
                Problem(name, "it must be an object");
                return null;
        }
    }

    public IReadOnlyList<T> List<T>(string name, Func<TesMembers, T> read)
        where T : class
    {
        var items = new List<T>();
        var found = Items(name);
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i] is JsonObject item)
            {
                items.Add(read(new(item, $"{At(name)}[{i}]", problems)));
            }
            else
            {
                Problem($"{name}[{i}]", "it must be an object");
            }
        }

        return items;
    }

    /// <param name="name">Of the member.</param>
    /// <param name="required">Whether it must be there, with at least one text.</param>
    /// <param name="change">Gives the text to keep, or null for the text as it is; may complain.</param>
    public IReadOnlyList<string> Texts(string name, bool required, Func<string, Action<string>, string?> change)
    {
        var texts = new List<string>();
        var found = Items(name);
        for (var i = 0; i < found.Count; i++)
        {
            var here = $"{name}[{i}]";
            if (found[i]?.GetValueKind() == JsonValueKind.String)
            {
                var text = found[i]!.GetValue<string>();
                texts.Add(change(text, message => Problem(here, message)) ?? text);
            }
            else
            {
                Problem(here, "it must be a text");
            }
        }

        if (required && found.Count == 0)
        {
            Problem(name, "it must be a list of one text or more");
        }

        return texts;
    }

    public IReadOnlyDictionary<string, string> Map(string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (Find(name))
        {
            case null:
                break;
            case JsonObject entries:
                foreach (var (key, value) in entries)
                {
                    if (value?.GetValueKind() == JsonValueKind.String)
                    {
                        map[key] = value.GetValue<string>();
                    }
                    else if (value is not null)
                    {
                        Problem($"{name}.{key}", "it must be a text");
                    }
                }

                break;
            default:
                Problem(name, "it must be an object of texts");
                break;
        }

        return map;
    }

    /// <summary>The path without doubled and closing '/'; as it is, with a complaint, when it cannot be one.</summary>
    public static string Normalize(string path, bool directory, Action<string> complain)
    {
        if (ContainerPath.Normalize(path) is not { } normal)
        {
            complain($"'{path}' must be an absolute path without '.' and '..'");
            return path;
        }

        if (TesMounts.Refusal(normal, directory) is { } why)
        {
            complain($"'{path}' {why}");
        }

        return normal;
    }

    private JsonArray Items(string name)
    {
        switch (Find(name))
        {
            case null:
                return [];
            case JsonArray items:
                return items;
            default:
                Problem(name, "it must be a list");
                return [];
        }
    }

    private string At(string name) => place.Length == 0 ? name : $"{place}.{name}";

    private JsonNode? Find(string name) => members[name] ?? members[Camel(name)];

    private static string Camel(string name)
    {
        var words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
