using System.Text.RegularExpressions;

namespace ScarNet.Core.Functions;

/// <summary>
/// The <c>Ref::name</c> placeholders of AWS Batch: a word of a command that is one stands for the value of a parameter. Source:
/// docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html#parameters
/// </summary>
public static partial class Parameters
{
    /// <summary>What a placeholder begins with.</summary>
    public const string Prefix = "Ref::";

    /// <summary>Whether a parameter can have the name: letters, digits, '-' and '_'.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= 128 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Name of the variable that holds the value in the script's environment.</summary>
    public static string Variable(string name) => "SCARNET_PARAM_" + name.Replace('-', '_').ToUpperInvariant();

    /// <summary>The parameter that a whole word stands for; null when it is no placeholder.</summary>
    public static string? NameIn(string word) =>
        word.StartsWith(Prefix, StringComparison.Ordinal) && IsName(word[Prefix.Length..]) ? word[Prefix.Length..] : null;

    /// <summary>A word with the values put in. A placeholder inside a longer word that is no parameter stays: it may be a module's name.</summary>
    public static string Fill(string word, IReadOnlyDictionary<string, string> values) =>
        Placeholder.Replace(word, match => values.GetValueOrDefault(match.Groups["name"].Value, match.Value));

    /// <summary>The value of each parameter: what was given over the defaults.</summary>
    /// <param name="function">For messages.</param>
    /// <param name="declared">Name → default; null is required.</param>
    /// <param name="given">Name → value.</param>
    /// <exception cref="ScarException">One has no value, or was given and is not declared.</exception>
    public static IReadOnlyDictionary<string, string> Values(
        string function, IReadOnlyDictionary<string, string?> declared, IReadOnlyDictionary<string, string> given)
    {
        foreach (var (name, value) in given)
        {
            if (!declared.ContainsKey(name))
            {
                throw new ScarException(
                    $"function '{function}' has no parameter '{name}'",
                    declared.Count == 0 ? "its file declares none: 'parameters'" : $"it has {string.Join(", ", declared.Keys.Order(StringComparer.Ordinal))}");
            }

            if (Flaw(value) is { } flaw)
            {
                throw new ScarException($"the value of parameter '{name}' of function '{function}' {flaw}");
            }
        }

        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, fallback) in declared)
        {
            values[name] = given.GetValueOrDefault(name) ?? fallback ?? throw new ScarException(
                $"parameter '{name}' of function '{function}' has no value, and no default in the function file",
                $"give it one: -P {name}=VALUE");
        }

        return values;
    }

    /// <summary>Why a text can be no value; null when it can. ECS takes no empty word in a command.</summary>
    internal static string? Flaw(string value) =>
        value.Length == 0 ? "is empty: it would be an empty word of a command, which AWS does not take"
        : value.Contains('\0', StringComparison.Ordinal) ? "has a zero byte in it"
        : null;

    [GeneratedRegex("Ref::(?<name>[A-Za-z0-9_-]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder { get; }
}
