namespace ScarNet.Core.Functions;

/// <summary>
/// What an input's address means in one run, its placeholders filled in: one object, everything below a prefix, or everything that a
/// pattern matches. Whoever fetches inputs and whoever only asks what they are must mean the same.
/// </summary>
public sealed class InputAddress
{
    private InputAddress(string bucket, string text, Glob pattern, Kinds kind) => (Bucket, Text, Pattern, Kind) = (bucket, text, pattern, kind);

    public enum Kinds
    {
        /// <summary>The object whose key is <see cref="Text"/>.</summary>
        Object,

        /// <summary>Everything below <see cref="Text"/>, which is empty or ends in '/'.</summary>
        Prefix,

        /// <summary>Everything that <see cref="Pattern"/> matches.</summary>
        Pattern,
    }

    public Kinds Kind { get; }

    /// <summary>Empty for a file of the workspace.</summary>
    public string Bucket { get; }

    /// <summary>The key as it is written, or the path of a file of the workspace.</summary>
    public string Text { get; }

    /// <summary>The same with its wildcards; what was filled in, and a key that is to be taken as it is, has none.</summary>
    public Glob Pattern { get; }

    /// <summary>Where a listing of what is meant starts.</summary>
    public string ListedPrefix => Kind == Kinds.Pattern ? Pattern.LiteralPrefix : Text;

    /// <summary>What the rule means. Not for a web address, which is one file.</summary>
    /// <returns>Null when one of its placeholders has no value in this run.</returns>
    public static InputAddress? Of(InputRule rule, InputPlaceholders placeholders)
    {
        var (bucket, key) = rule.Object ?? ("", rule.Url);
        if (rule.Literal)
        {
            return new(bucket, key, Glob.Of(Glob.Escape(key)), Kinds.Object);
        }

        if (placeholders.Fill(bucket, value => value) is not { } filledBucket
            || placeholders.Fill(key, value => value) is not { } text
            || placeholders.Fill(key, Glob.Escape) is not { } pattern)
        {
            return null;
        }

        var glob = Glob.Of(pattern);
        var kind = text.Length == 0 || text.EndsWith('/') ? Kinds.Prefix : glob.IsLiteral ? Kinds.Object : Kinds.Pattern;
        return new(filledBucket, text, glob, kind);
    }

    /// <summary>Whether a key that was listed is meant. One that is a pattern's own text is: brackets are common in the names of samples.</summary>
    public bool Includes(string key) => Kind switch
    {
        Kinds.Object => key == Text,
        Kinds.Prefix => key.StartsWith(Text, StringComparison.Ordinal),
        _ => key == Text || Pattern.Matches(key),
    };
}
