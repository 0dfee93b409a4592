using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Access;

namespace ScarNet.Local.Ec2;

/// <summary>The form of a call of EC2: <c>Filter.1.Value.2</c> is the second value of the first filter.</summary>
internal sealed class Ec2Form(IReadOnlyDictionary<string, string> values)
{
    public string? this[string name] => values.GetValueOrDefault(name);

    public static Ec2Form Read(HttpContext context) =>
        new(RequestBody.Form(context).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal));

    public IReadOnlyList<string> List(string name) =>
        [.. Enumerable.Range(1, int.MaxValue).Select(i => this[$"{name}.{i}"]).TakeWhile(value => value is not null).OfType<string>()];

    /// <summary>Name → values of which one must be there.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Filters()
    {
        var filters = new List<(string, IReadOnlyList<string>)>();
        for (var i = 1; this[$"Filter.{i}.Name"] is { } name; i++)
        {
            filters.Add((name, List($"Filter.{i}.Value")));
        }

        return filters;
    }

    /// <summary>The tags that a call gives to what it makes.</summary>
    /// <param name="resource">Such as <c>launch-template</c>.</param>
    public JsonObject Tags(string resource)
    {
        var tags = new JsonObject();
        for (var i = 1; this[$"TagSpecification.{i}.ResourceType"] is { } type; i++)
        {
            for (var j = 1; type == resource && this[$"TagSpecification.{i}.Tag.{j}.Key"] is { } key; j++)
            {
                tags[key] = this[$"TagSpecification.{i}.Tag.{j}.Value"] ?? "";
            }
        }

        return tags;
    }

    /// <summary>Everything below a name, as it is nested.</summary>
    public JsonObject Tree(string name)
    {
        var root = new JsonObject();
        foreach (var (path, value) in values.Where(pair => pair.Key.StartsWith(name + ".", StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var at = root;
            var parts = path[(name.Length + 1)..].Split('.');
            foreach (var part in parts[..^1])
            {
                at = (JsonObject)(at[part] ??= new JsonObject());
            }

            at[parts[^1]] = value;
        }

        return root;
    }
}
