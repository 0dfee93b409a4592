using System.Text;
using System.Text.RegularExpressions;

namespace ScarNet.Core.Functions;

/// <summary>What one run fills into the placeholders of an input's address. Those of the object are null where no object started it.</summary>
/// <param name="Function">The function's name, for <c>{function}</c>.</param>
/// <param name="RequestId">The request that started the run, for <c>{request_id}</c>.</param>
/// <param name="Bucket">The object's bucket, for <c>{bucket}</c>.</param>
/// <param name="Key">
/// The object's key, for <c>{key}</c>; <c>{key_dir}</c> is what comes before its last name, final '/' included, <c>{key_name}</c> its
/// last name, <c>{key_stem}</c> that name without its last extension.
/// </param>
public sealed partial record InputPlaceholders(string Function, string RequestId, string? Bucket, string? Key)
{
    public static IReadOnlyList<string> Names { get; } = ["function", "request_id", "bucket", "key", "key_dir", "key_name", "key_stem"];

    /// <summary>The placeholders in an address, known or not, without their braces.</summary>
    public static IEnumerable<string> In(string address) => Placeholder().Matches(address).Select(match => match.Groups["name"].Value);

    /// <summary>The address filled in; null when one of its placeholders has no value in this run.</summary>
    /// <param name="address">The address.</param>
    /// <param name="escape">What makes a value stand for itself: of a wildcard, of a URL.</param>
    public string? Fill(string address, Func<string, string> escape)
    {
        var filled = new StringBuilder();
        var end = 0;
        foreach (Match match in Placeholder().Matches(address))
        {
            if (Value(match.Groups["name"].Value) is not { } value)
            {
                return null;
            }

            filled.Append(address, end, match.Index - end).Append(escape(value));
            end = match.Index + match.Length;
        }

        return filled.Append(address, end, address.Length - end).ToString();
    }

    private string? Value(string name)
    {
        var slash = Key?.LastIndexOf('/') ?? -1;
        return name switch
        {
            "function" => Function,
            "request_id" => RequestId,
            "bucket" => Bucket,
            "key" => Key,
            "key_dir" => Key?[..(slash + 1)],
            "key_name" => Key?[(slash + 1)..],
            "key_stem" => Key is null ? null : Path.GetFileNameWithoutExtension(Key[(slash + 1)..]),
            _ => null,
        };
    }

    [GeneratedRegex(@"\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
