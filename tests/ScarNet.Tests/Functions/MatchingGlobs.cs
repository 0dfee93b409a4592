using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Functions;

public sealed class MatchingGlobs
{
    private static readonly Arbitrary<string> Patterns = Texts(["a", "b", "/", "*", "?", "**/", "/**", "[a]", "[!a]"], 6);
    private static readonly Arbitrary<string> Paths = Texts(["a", "b", "/"], 7);
    private static readonly Arbitrary<string> Anything = Texts(["a", "*", "?", "[", "]", "!", "\\", "/", "-", "😀", "ñ", " "], 8);

    [Theory]
    [InlineData("*.txt", "a.txt", true)]
    [InlineData("*.txt", "dir/a.txt", false)]
    [InlineData("**/*.txt", "a.txt", true)]
    [InlineData("**/*.txt", "dir/deep/a.txt", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "ab/c", false)]
    [InlineData("a/**/z", "a/z", true)]
    [InlineData("a/**/z", "a/b/c/z", true)]
    [InlineData("a/**/z", "a/bz", false)]
    [InlineData("a**z", "a/b/z", true)]
    [InlineData("**", "any/thing", true)]
    [InlineData("?", "ñ", true)]
    [InlineData("?", "😀", true)]
    [InlineData("?", "/", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[^a-c]x", "bx", false)]
    [InlineData("[!a]", "/", false)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[a\\]]", "]", true)]
    [InlineData("sample[1", "sample[1", true)]
    [InlineData("sample\\[1\\].txt", "sample[1].txt", true)]
    [InlineData("sample[1].txt", "sample[1].txt", false)]
    [InlineData("*.TXT", "a.txt", false)]
    [InlineData("*", ".hidden", true)]
    [InlineData("*", "", true)]
    [InlineData("a", "", false)]
    [InlineData("a\\", "a\\", true)]
    public void KnowsItsWildcards(string pattern, string path, bool matches)
    {
        Assert.Equal(matches, Glob.Of(pattern).Matches(path));
    }

    [Theory]
    [InlineData("data/2026-*/x", "data/2026-")]
    [InlineData("data/x[1].txt", "data/x")]
    [InlineData("a\\*b*", "a*b")]
    [InlineData("**/x", "")]
    [InlineData("plain/text", "plain/text")]
    public void KnowsWhereAListingCanStart(string pattern, string prefix)
    {
        Assert.Equal(prefix, Glob.Of(pattern).LiteralPrefix);
    }

    [Fact]
    public void AgreesWithRegularExpressions()
    {
        Prop.ForAll(Patterns, Paths, (pattern, path) => Glob.Of(pattern).Matches(path) == Expression(pattern).IsMatch(path))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void MatchesWhatWasEscapedAndNothingElse()
    {
        Prop.ForAll(Anything, Anything, (text, other) =>
            Glob.Of(Glob.Escape(text)).Matches(text)
            && Glob.Of(Glob.Escape(text)).IsLiteral
            && Glob.Of(Glob.Escape(text)).Matches(other) == (text == other)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void EveryMatchBeginsWithTheLiteralPrefix()
    {
        Prop.ForAll(Patterns, Paths, (pattern, path) =>
            !Glob.Of(pattern).Matches(path) || path.StartsWith(Glob.Of(pattern).LiteralPrefix, StringComparison.Ordinal))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void TakesAnyPatternAndAnyPath()
    {
        Prop.ForAll(Anything, Anything, (pattern, path) => Glob.Of(pattern).Matches(path) || true)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void DoesNotBacktrack()
    {
        var pattern = string.Concat(Enumerable.Repeat("**a*", 40)) + "b";

        Assert.False(Glob.Of(pattern).Matches(new string('a', 1024)));
    }

    private static Arbitrary<string> Texts(string[] parts, int most) =>
        Gen.Choose(0, most).SelectMany(n => Gen.Elements(parts).ArrayOf(n)).Select(string.Concat).ToArbitrary();

    // The same rules, said to another engine.
    private static Regex Expression(string pattern)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length;)
        {
            var stars = pattern[i..].TakeWhile(c => c == '*').Count();
            var after = i + stars < pattern.Length ? pattern[i + stars] : '\0';
            var (part, length) = (pattern[i], stars) switch
            {
                (_, > 1) when (i == 0 || pattern[i - 1] == '/') && after == '/' => ("(.*/)?", stars + 1),
                (_, > 1) => (".*", stars),
                (_, 1) => ("[^/]*", 1),
                ('?', _) => ("[^/]", 1),
                ('[', _) when pattern[i + 1] == '!' => ("[^a/]", 4),
                ('[', _) => ("a", 3),
                (var c, _) => (Regex.Escape($"{c}"), 1),
            };
            text.Append(part);
            i += length;
        }

        return new($@"\A{text}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
    }
}
