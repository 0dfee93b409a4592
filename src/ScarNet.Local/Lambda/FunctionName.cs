using System.Buffers;

namespace ScarNet.Local.Lambda;

/// <summary>How requests and events name a function: name, account:function:name, or ARN, each with :qualifier or without.</summary>
internal static class FunctionName
{
    public const string Latest = "$LATEST";

    private const int LongestName = 64;
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("-_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    public static string Arn(string region, string account, string name) => $"arn:aws:lambda:{region}:{account}:function:{name}";

    /// <summary>Finds the bare name.</summary>
    /// <param name="text">Decoded.</param>
    /// <returns>Name and qualifier, which is null when there is none. A text that is no such thing is a name that no function has.</returns>
    public static (string Name, string? Qualifier) Parse(string text)
    {
        var parts = text.Split(':');
        var at = Array.IndexOf(parts, "function");
        var rest = at >= 0 ? parts[(at + 1)..] : parts;
        return (rest.Length > 0 ? rest[0] : "", rest.Length > 1 ? rest[1] : null);
    }

    /// <exception cref="Http.ApiException">The name cannot be a function's.</exception>
    public static string Check(string name) => name.Length is > 0 and <= LongestName && name.AsSpan().IndexOfAnyExcept(Characters) < 0
        ? name
        : throw LambdaFault.Validation(
            name, "functionName", "Member must be 1 to 64 letters, digits, '-' and '_' (or an ARN of a function that has such a name)");
}
