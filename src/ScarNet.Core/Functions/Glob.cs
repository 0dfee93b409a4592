using System.Text;

namespace ScarNet.Core.Functions;

/// <summary>
/// A pattern of '/'-separated names: <c>*</c> is any run of characters inside one name, <c>?</c> one character of a name, <c>[a-z]</c>
/// and <c>[!a-z]</c> one of a set or not of it, <c>**/</c> at the start of a name any number of directories or none, <c>**</c> elsewhere
/// anything, '/' included. A backslash takes the next character as it is; a '[' that is never closed is a '['. Case counts, a leading
/// dot is no exception. Matching takes time proportional to both lengths, whatever the pattern. Thread-safe.
/// </summary>
public sealed class Glob
{
    private readonly IReadOnlyList<GlobToken> tokens;

    private Glob(string pattern, IReadOnlyList<GlobToken> tokens)
    {
        Pattern = pattern;
        this.tokens = tokens;
    }

    public string Pattern { get; }

    /// <summary>What every match starts with: the text before the first wildcard. The listing of a bucket can start there.</summary>
    public string LiteralPrefix
    {
        get
        {
            var text = new StringBuilder();
            foreach (var token in tokens.TakeWhile(token => token.Kind == GlobToken.Kinds.Literal))
            {
                text.Append(token.Character.ToString());
            }

            return text.ToString();
        }
    }

    /// <summary>Whether the pattern has no wildcard: its <see cref="LiteralPrefix"/> is then the one text it matches.</summary>
    public bool IsLiteral => tokens.All(token => token.Kind == GlobToken.Kinds.Literal);

    public static Glob Of(string pattern) => new(pattern, GlobToken.Read(pattern));

    /// <summary>The pattern that matches this text and no other.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c is '*' or '?' or '[' or '\\' ? escaped.Append('\\').Append(c) : escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>Whether the whole of the path matches.</summary>
    public bool Matches(string path)
    {
        // Every place in the pattern that the text so far can lead to, carried along together: no backtracking.
        var states = new bool[tokens.Count + 1];
        var next = new bool[tokens.Count + 1];
        Enter(states, 0);
        foreach (var character in path.EnumerateRunes())
        {
            Array.Clear(next);
            for (var i = 0; i < tokens.Count; i++)
            {
                if (states[i])
                {
                    Advance(next, i, character);
                }
            }

            (states, next) = (next, states);
        }

        return states[^1];
    }

    private void Advance(bool[] next, int i, Rune character)
    {
        var token = tokens[i];
        switch (token.Kind)
        {
            case GlobToken.Kinds.Directories: // its own first step was made when it was entered
                break;
            case GlobToken.Kinds.InsideDirectories:
                next[i] = true;
                if (character.Value == '/')
                {
                    Enter(next, i + 1);
                }

                break;
            case GlobToken.Kinds.Anything:
            case GlobToken.Kinds.AnyOfName when character.Value != '/':
                Enter(next, i);
                break;
            default:
                if (token.Takes(character))
                {
                    Enter(next, i + 1);
                }

                break;
        }
    }

    // A state from which the pattern can go on without a character brings its successors along.
    private void Enter(bool[] states, int i)
    {
        states[i] = true;
        switch (i < tokens.Count ? tokens[i].Kind : GlobToken.Kinds.Literal)
        {
            case GlobToken.Kinds.Directories:
                states[i + 1] = true;
                Enter(states, i + 2);
                break;
            case GlobToken.Kinds.Anything or GlobToken.Kinds.AnyOfName:
                Enter(states, i + 1);
                break;
        }
    }

    public override string ToString() => Pattern;
}
