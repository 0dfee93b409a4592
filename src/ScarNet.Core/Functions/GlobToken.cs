using System.Text;

namespace ScarNet.Core.Functions;

/// <summary>One part of a <see cref="Glob"/>.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Character">The character of a literal.</param>
/// <param name="Set">The ranges of a set, ends included; null otherwise.</param>
/// <param name="Negated">Whether the set names what is not taken.</param>
internal sealed record GlobToken(GlobToken.Kinds Kind, Rune Character, IReadOnlyList<(Rune From, Rune To)>? Set = null, bool Negated = false)
{
    public enum Kinds
    {
        Literal,

        /// <summary>One character, not '/'.</summary>
        One,

        /// <summary>One character of a set, not '/'.</summary>
        OneOf,

        /// <summary>Any characters but '/'.</summary>
        AnyOfName,

        /// <summary>Any characters.</summary>
        Anything,

        /// <summary>Where '**/' begins; always followed by <see cref="InsideDirectories"/>.</summary>
        Directories,

        /// <summary>Inside what '**/' takes, which ends after a '/'.</summary>
        InsideDirectories,
    }

    /// <summary>Whether one character is what the token stands for.</summary>
    public bool Takes(Rune character) => Kind switch
    {
        Kinds.Literal => character == Character,
        Kinds.One => character.Value != '/',
        Kinds.OneOf => character.Value != '/' && Set!.Any(range => character >= range.From && character <= range.To) != Negated,
        _ => false,
    };

    public static IReadOnlyList<GlobToken> Read(string pattern)
    {
        var runes = pattern.EnumerateRunes().ToList();
        var tokens = new List<GlobToken>();
        for (var i = 0; i < runes.Count;)
        {
            i = ReadOne(runes, i, tokens);
        }

        return tokens;
    }

    private static int ReadOne(List<Rune> runes, int at, List<GlobToken> tokens)
    {
        switch ((char)(runes[at].IsBmp ? runes[at].Value : 0))
        {
            case '\\' when at + 1 < runes.Count:
                tokens.Add(new(Kinds.Literal, runes[at + 1]));
                return at + 2;
            case '?':
                tokens.Add(new(Kinds.One, default));
                return at + 1;
            case '*':
                return ReadStars(runes, at, tokens);
            case '[' when ReadSet(runes, at) is { } set:
                tokens.Add(set.Token);
                return set.End;
            default:
                tokens.Add(new(Kinds.Literal, runes[at]));
                return at + 1;
        }
    }

    private static int ReadStars(List<Rune> runes, int at, List<GlobToken> tokens)
    {
        var end = runes.FindIndex(at, rune => rune.Value != '*') is var other and >= 0 ? other : runes.Count;
        if (end - at == 1)
        {
            tokens.Add(new(Kinds.AnyOfName, default));
            return end;
        }

        if ((at == 0 || runes[at - 1].Value == '/') && end < runes.Count && runes[end].Value == '/')
        {
            tokens.Add(new(Kinds.Directories, default));
            tokens.Add(new(Kinds.InsideDirectories, default));
            return end + 1;
        }

        tokens.Add(new(Kinds.Anything, default));
        return end;
    }

    // A ']' that comes first is one of the set, as in the shell.
    private static (GlobToken Token, int End)? ReadSet(List<Rune> runes, int at)
    {
        var i = at + 1;
        var negated = i < runes.Count && runes[i].Value is '!' or '^';
        i += negated ? 1 : 0;
        var start = i;
        var ranges = new List<(Rune, Rune)>();
        for (; i < runes.Count; i++)
        {
            if (runes[i].Value == ']' && i > start)
            {
                return (new(Kinds.OneOf, default, ranges, negated), i + 1);
            }

            i += runes[i].Value == '\\' && i + 1 < runes.Count ? 1 : 0;
            var from = runes[i];
            if (i + 2 < runes.Count && runes[i + 1].Value == '-' && runes[i + 2].Value != ']')
            {
                i += 2;
            }

            ranges.Add((from, runes[i]));
        }

        return null;
    }
}
