using ScarNet.Core.Functions;

namespace ScarNet.Core.Jobs;

/// <summary>Where further inputs go in a workspace. Keys are untrusted: each part of one becomes one name, and never a way out.</summary>
public static class InputTargets
{
    // Where an input goes whose rule does not say.
    private const string Inputs = "input/";

    /// <summary>Place of a single file, relative to the workspace.</summary>
    /// <exception cref="ScarException">No file can be called like the key.</exception>
    public static string OfFile(InputRule rule, string key) => rule.Path switch
    {
        null => Inputs + InputNames.FileNameOf(key),
        [.., '/'] directory => directory + InputNames.FileNameOf(key),
        var file => file,
    };

    /// <summary>The directory that takes what lies below a prefix, relative to the workspace, without a final '/'.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="bucket">Names the directory when the prefix is all of a bucket.</param>
    /// <param name="prefix">Empty or ending in '/'.</param>
    public static string OfPrefix(InputRule rule, string bucket, string prefix) =>
        (rule.Path ?? Inputs + (prefix.Length == 0 ? bucket : InputNames.FileNameOf(prefix[..^1]))).TrimEnd('/');

    /// <summary>The directory that takes what a pattern matches.</summary>
    public static string OfPattern(InputRule rule) => (rule.Path ?? Inputs).TrimEnd('/');

    /// <summary>The part of a pattern that is a directory for sure: what comes behind it is kept of every key.</summary>
    public static string BaseOf(Glob pattern) => pattern.LiteralPrefix[..(pattern.LiteralPrefix.LastIndexOf('/') + 1)];

    /// <summary>Place of a key below a directory, the parts of the key behind the base kept.</summary>
    /// <exception cref="ScarException">No file can be called like a part of the key.</exception>
    public static string Below(string directory, string key, string baseKey) =>
        directory + "/" + string.Join('/', key[baseKey.Length..].Split('/').Select(part => part.Length == 0 ? "_" : InputNames.FileNameOf(part)));

    /// <summary>Why two inputs cannot both be put where they should go; null when all can.</summary>
    /// <param name="targets">Each with its place relative to the workspace and what to call it.</param>
    public static string? Collision(IEnumerable<(string Path, string Source)> targets)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var directories = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, source) in targets)
        {
            var clean = string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));
            if ((files.GetValueOrDefault(clean) ?? directories.GetValueOrDefault(clean)) is { } other)
            {
                return $"the inputs '{other}' and '{source}' would both become '{clean}': give one of them a 'path' of its own";
            }

            files[clean] = source;
            for (var slash = clean.LastIndexOf('/'); slash > 0; slash = clean.LastIndexOf('/', slash - 1))
            {
                if (files.TryGetValue(clean[..slash], out var file))
                {
                    return $"the input '{file}' would be the file '{clean[..slash]}', and '{source}' a file below it: give one of them a 'path' of its own";
                }

                directories.TryAdd(clean[..slash], source);
            }
        }

        return null;
    }
}
