using System.Text.Json.Serialization;

namespace ScarNet.Core.Functions;

/// <summary>Something a run needs besides the object that started it.</summary>
/// <param name="Url">
/// <c>s3://bucket/key</c>, <c>http(s)://…</c>, or the path of a file in the workspace. May hold the placeholders of
/// <see cref="InputPlaceholders"/>, which each run fills in. A key that ends in '/' is everything below it; one with a wildcard
/// (<see cref="Glob"/>) is everything it matches.
/// </param>
/// <param name="Name">What variables and templates call it: letters, digits and '_'; null when it has no name.</param>
/// <param name="Optional">Whether a run can do without.</param>
/// <param name="Literal">Whether the key is taken as it is, wildcards and a final '/' included.</param>
/// <param name="Path">Where it goes, relative to the workspace; ending in '/' a directory. Null is the directory of the inputs.</param>
/// <param name="Sha256">Lower-case hex digest its content must have; null when any will do.</param>
public sealed record InputRule(
    string Url, string? Name = null, bool Optional = false, bool Literal = false, string? Path = null, string? Sha256 = null)
{
    private const string S3Scheme = "s3://";

    [JsonIgnore]
    public bool IsS3 => Url.StartsWith(S3Scheme, StringComparison.Ordinal);

    [JsonIgnore]
    public bool IsHttp => Url.StartsWith("http://", StringComparison.Ordinal) || Url.StartsWith("https://", StringComparison.Ordinal);

    /// <summary>Bucket and key of an S3 address, placeholders included; null for any other.</summary>
    [JsonIgnore]
    public (string Bucket, string Key)? Object =>
        IsS3 && Url[S3Scheme.Length..].Split('/', 2) is [var bucket, var key] ? (bucket, key) : null;

    /// <summary>The short form: an address, with a '?' at its end when a run can do without it.</summary>
    public static InputRule Parse(string text, string? name = null) =>
        text.Length > 1 && text[^1] == '?' ? new(text[..^1], name, Optional: true) : new(text, name);

    /// <summary>Name of the variable that holds the path.</summary>
    public static string Variable(string name) => "SCARNET_INPUT_" + name.Replace('-', '_').Replace('.', '_').ToUpperInvariant();

    public override string ToString() => Url;
}
