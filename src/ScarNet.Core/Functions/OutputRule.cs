namespace ScarNet.Core.Functions;

/// <summary>Where a file goes that the script left in its output directory.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Prefix">
/// Empty or ending in '/'. May hold <c>{request_id}</c>, <c>{key_stem}</c> and <c>{function}</c>, which each run fills in.
/// </param>
/// <param name="Prefixes">The relative path must start with one of these; empty means any.</param>
/// <param name="Suffixes">The relative path must end with one of these; empty means any.</param>
/// <param name="Required">A run that leaves no file for this rule fails with <see cref="Jobs.ExitCodes.OutputMissing"/>.</param>
[method: System.Text.Json.Serialization.JsonConstructor]
public sealed record OutputRule(
    string Bucket, string Prefix, IReadOnlyList<string> Prefixes, IReadOnlyList<string> Suffixes, bool Required = false)
{
    /// <summary>Where every bucket keeps what failed runs left. No trigger and no rule may point there.</summary>
    public const string FailedPrefix = "failed/";

    private IReadOnlyList<Glob>? globs;

    public OutputRule(string bucket, string prefix)
        : this(bucket, prefix, [], [])
    {
    }

    /// <summary>
    /// The relative path must match one of these <see cref="Glob"/>s; empty means any. One that ends in '/' is a directory with all that
    /// is in it.
    /// </summary>
    public IReadOnlyList<string> Files
    {
        get;
        init
        {
            field = value ?? [];
            globs = null;
        }
    } = [];

    /// <summary>Fewest files a run must leave for the rule; <see cref="Required"/> is one at least.</summary>
    public int Minimum { get; init; }

    /// <summary>Of the objects that the rule makes.</summary>
    public OutputProperties Properties { get; init => field = value ?? OutputProperties.None; } = OutputProperties.None;

    /// <summary>Fewest files, whichever way the rule says it.</summary>
    internal int Wanted => Math.Max(Minimum, Required ? 1 : 0);

    /// <summary>Whether the rule takes the file, by its '/'-separated path below the output directory.</summary>
    public bool Takes(string relativePath) =>
        (Prefixes.Count == 0 || Prefixes.Any(p => relativePath.StartsWith(p, StringComparison.Ordinal)))
        && (Suffixes.Count == 0 || Suffixes.Any(s => relativePath.EndsWith(s, StringComparison.Ordinal)))
        && (Files.Count == 0 || Globs().Any(glob => glob.Matches(relativePath)));

    /// <summary>The key of a file the rule takes.</summary>
    /// <param name="relativePath">The '/'-separated path below the output directory.</param>
    /// <param name="names">What this run calls its placeholders.</param>
    public string KeyFor(string relativePath, OutputNames names) => names.Fill(Prefix) + relativePath;

    public override string ToString() => $"s3://{Bucket}/{Prefix}";

    private IReadOnlyList<Glob> Globs() =>
        globs ??= [.. Files.Select(pattern => Glob.Of(pattern.EndsWith('/') ? pattern + "**" : pattern))];
}
