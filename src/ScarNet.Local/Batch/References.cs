using System.Text.RegularExpressions;

namespace ScarNet.Local.Batch;

/// <summary>The <c>Ref::name</c> placeholders of a command.</summary>
internal static partial class References
{
    /// <summary>Puts the parameters in.</summary>
    /// <returns>The command, and whether anything in it was replaced.</returns>
    /// <exception cref="Http.ApiException">An argument is a placeholder of a parameter that has no value.</exception>
    public static (IReadOnlyList<string> Command, bool Replaced) Resolve(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> parameters)
    {
        var replaced = false;
        var resolved = command.Select(argument => Placeholder.Replace(argument, match =>
        {
            if (parameters.TryGetValue(match.Groups["name"].Value, out var value))
            {
                replaced = true;
                return value;
            }

            // Inside a longer text it may be something else, such as a Perl module's name.
            return match.Length < argument.Length
                ? match.Value
                : throw BatchFault.Client(
                    $"the command has {match.Value}, but neither the job definition nor the request has a parameter '{match.Groups["name"].Value}'");
        })).ToList();
        return (resolved, replaced);
    }

    [GeneratedRegex("Ref::(?<name>[A-Za-z0-9_-]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder { get; }
}
