using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace ScarNet.Local.CloudFormation;

/// <summary>The form of a call of the query protocol.</summary>
internal sealed class StackForm(IReadOnlyDictionary<string, StringValues> values)
{
    public string? this[string name] => values.TryGetValue(name, out var value) ? value.ToString() : null;

    public static async Task<StackForm> Read(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return new(QueryHelpers.ParseQuery(await reader.ReadToEndAsync(context.RequestAborted)));
    }

    public bool Flag(string name) => this[name] == "true";

    public IReadOnlyList<string> List(string name) =>
        [.. Enumerable.Range(1, int.MaxValue).Select(i => this[$"{name}.member.{i}"]).TakeWhile(value => value is not null).OfType<string>()];

    public Dictionary<string, string> Tags()
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; this[$"Tags.member.{i}.Key"] is { } key; i++)
        {
            tags[key] = this[$"Tags.member.{i}.Value"] ?? "";
        }

        return tags;
    }

    /// <summary>Name → value; null stands for the one before.</summary>
    public Dictionary<string, string?> Parameters()
    {
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = 1; this[$"Parameters.member.{i}.ParameterKey"] is { } key; i++)
        {
            parameters[key] = Flag($"Parameters.member.{i}.UsePreviousValue") ? null : this[$"Parameters.member.{i}.ParameterValue"] ?? "";
        }

        return parameters;
    }
}
