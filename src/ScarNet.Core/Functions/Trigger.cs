using System.Text.Json.Serialization;
using ScarNet.Core.Events;

namespace ScarNet.Core.Functions;

/// <summary>The objects that start a function: those created in a bucket, under a prefix, with one of some suffixes.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Prefix">
/// Decoded. A path gives one that is empty or ends in '/', so that 'data/' never matches 'data2/'; a prefix filter may follow it.
/// </param>
/// <param name="Suffixes">Decoded; empty means any. S3 takes one per notification, so each becomes one.</param>
[method: System.Text.Json.Serialization.JsonConstructor]
public sealed record Trigger(string Bucket, string Prefix, IReadOnlyList<string> Suffixes)
{
    public Trigger(string bucket, string prefix)
        : this(bucket, prefix, [])
    {
    }

    /// <summary>The trigger as S3 takes it: one filter for each suffix.</summary>
    [JsonIgnore]
    public IEnumerable<KeyFilter> Filters => Suffixes.Count == 0
        ? [new KeyFilter(Prefix, "")]
        : Suffixes.Select(suffix => new KeyFilter(Prefix, suffix));

    /// <summary>
    /// Whether the object starts the function. Folder markers (keys ending in '/') never do, nor what a failed run left under
    /// <see cref="OutputRule.FailedPrefix"/>, though S3 may tell of both.
    /// </summary>
    public bool Matches(ObjectEvent e) => Matches(e.Object.Bucket, e.Object.Key);

    /// <inheritdoc cref="Matches(ObjectEvent)"/>
    public bool Matches(string bucket, string key) =>
        bucket == Bucket
        && !key.EndsWith('/')
        && !key.StartsWith(OutputRule.FailedPrefix, StringComparison.Ordinal)
        && key.StartsWith(Prefix, StringComparison.Ordinal)
        && (Suffixes.Count == 0 || Suffixes.Any(s => key.EndsWith(s, StringComparison.Ordinal)));

    public override string ToString() => $"s3://{Bucket}/{Prefix}";
}
