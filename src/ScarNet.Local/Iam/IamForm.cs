using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using ScarNet.Local.Access;

namespace ScarNet.Local.Iam;

/// <summary>The form of a call of the query protocol.</summary>
internal sealed partial class IamForm(IReadOnlyDictionary<string, StringValues> values)
{
    private const int MaxTags = 50;

    public string? this[string name] => values.TryGetValue(name, out var value) ? value.ToString() : null;

    public static IamForm Read(HttpContext context) => new(RequestBody.Form(context));

    /// <exception cref="Http.ApiException">It is missing, or no name of that length.</exception>
    public string Name(string member, int most = 64) => this[member] is { Length: > 0 } name && name.Length <= most && NameText().IsMatch(name)
        ? name
        : throw IamFault.Invalid(
            $"1 validation error detected: Value '{this[member]}' at '{char.ToLowerInvariant(member[0])}{member[1..]}' failed to satisfy constraint: "
            + $"Member must satisfy regular expression pattern: [\\w+=,.@-]+ and have length less than or equal to {most}");

    /// <exception cref="Http.ApiException">It is no path.</exception>
    public string Path(string member) => this[member] is not { Length: > 0 } path ? "/"
        : path[0] == '/' && path[^1] == '/' && path.Length <= 512 ? path
        : throw IamFault.Invalid($"The specified value for {char.ToLowerInvariant(member[0])}{member[1..]} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.");

    /// <summary>How many of a list to answer with. Default and most: 100 and 1000.</summary>
    public int MaxItems() => this["MaxItems"] is not { } text ? 100
        : int.TryParse(text, out var items) && items is >= 1 and <= 1000 ? items
        : throw IamFault.Invalid("Value at 'maxItems' failed to satisfy constraint: Member must be between 1 and 1000");

    public Dictionary<string, string> Tags()
    {
        var tags = new Dictionary<string, string>();
        for (var i = 1; this[$"Tags.member.{i}.Key"] is { } key; i++)
        {
            tags[key] = this[$"Tags.member.{i}.Value"] ?? "";
        }

        return tags.Count <= MaxTags ? tags : throw IamFault.Invalid("Member must have length less than or equal to 50 at 'tags'");
    }

    public IEnumerable<string> List(string member)
    {
        for (var i = 1; this[$"{member}.member.{i}"] is { } value; i++)
        {
            yield return value;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameText();
}
