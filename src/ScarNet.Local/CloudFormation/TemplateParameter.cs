using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ScarNet.Local.CloudFormation;

/// <summary>A parameter as a template declares it.</summary>
/// <param name="Name">Its logical id.</param>
/// <param name="Type">String, Number, CommaDelimitedList, List&lt;…&gt; or one of AWS's own types, which are taken for text.</param>
/// <param name="Default">Null when a value must be given.</param>
internal sealed record TemplateParameter(string Name, string Type, string? Default)
{
    private static readonly TimeSpan longestMatch = TimeSpan.FromSeconds(1);

    public string Description { get; init; } = "";

    public bool NoEcho { get; init; }

    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    public string? AllowedPattern { get; init; }

    public double? MinValue { get; init; }

    public double? MaxValue { get; init; }

    public bool IsList => Type == "CommaDelimitedList" || Type.StartsWith("List<", StringComparison.Ordinal);

    /// <summary>What a Ref to it gives.</summary>
    public JsonNode Node(string value) => IsList
        ? new JsonArray([.. value.Split(',').Select(item => (JsonNode)item.Trim())])
        : value;

    /// <summary>What is wrong with a value, as CloudFormation says it; null when nothing is.</summary>
    public string? Problem(string value)
    {
        if (AllowedValues.Count > 0 && Parts(value).FirstOrDefault(part => !AllowedValues.Contains(part)) is not null)
        {
            return $"Parameter '{Name}' must be one of AllowedValues";
        }

        if (AllowedPattern is { } pattern && !Matches(value, pattern))
        {
            return $"Parameter '{Name}' must match pattern {pattern}";
        }

        if (Type != "Number")
        {
            return null;
        }

        return !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? $"Parameter '{Name}' must be a number."
            : number < MinValue ? $"Parameter '{Name}' must be a number not less than {MinValue.Value.ToString(CultureInfo.InvariantCulture)}"
            : number > MaxValue ? $"Parameter '{Name}' must be a number not greater than {MaxValue.Value.ToString(CultureInfo.InvariantCulture)}"
            : null;
    }

    private bool Matches(string value, string pattern)
    {
        try
        {
            return Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.None, longestMatch);
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            throw StackFault.Format($"the AllowedPattern of parameter '{Name}' cannot be used: {e.Message}");
        }
    }

    private string[] Parts(string value) => IsList ? value.Split(',', StringSplitOptions.TrimEntries) : [value];
}
