namespace ScarNet.Core.Functions;

/// <summary>
/// Follows the quoting of a shell command, to tell whether a quoted word can stand at a place. Where it cannot be sure it says no.
/// </summary>
internal sealed class ShellScan(string text)
{
    // What is open, innermost last: ' " ` and # (comment), { for ${, ( for a group or $(, a for arithmetic.
    private readonly Stack<char> open = new();
    private int at;
    private bool hasHereDocument;
    private bool isLost;

    private char Innermost => open.TryPeek(out var kind) ? kind : '\0';

    /// <summary>Null when a word can stand at the place; else why not. Places must come in order.</summary>
    public string? FlawAt(int place)
    {
        Advance(place);
        return (place > 0 ? text[place - 1] : '\0', Innermost) switch
        {
            (_, '\'' or '"') => "stands inside quotes: it is quoted already, take the quotes away",
            (_, '`') => "stands inside backquotes: write $(…) in their place",
            (_, '#') => "stands in a comment",
            (_, '{') => "stands inside ${…}: put it into a variable first",
            (_, 'a') => "stands in arithmetic: put it into a variable first",
            _ when hasHereDocument => "stands in or after a here-document: use the environment there",
            _ when isLost => "stands where it cannot be told what is quoted: put it into a variable first",
            ('\\' or '$', _) => $"stands right behind '{text[place - 1]}', which would change its quotes",
            _ => null,
        };
    }

    /// <summary>Goes on behind a name: it is a word of its own and opens nothing.</summary>
    public void SkipTo(int place) => at = place;

    private void Advance(int place)
    {
        while (at < place)
        {
            Step(place);
        }
    }

    private void Step(int place)
    {
        var c = text[at];
        switch (Innermost)
        {
            case '\'':
                Close('\'', c);
                break;
            case '#':
                Close('\n', c);
                break;
            case '`' when c != '\\':
                Close('`', c);
                break;
            case '"' when c is not ('\\' or '$' or '`'):
                Close('"', c);
                break;
            default:
                at += Open(c, place) - 1;
                break;
        }

        at++;
    }

    private void Close(char end, char c)
    {
        if (c == end)
        {
            open.Pop();
        }
    }

    // How many characters it took.
    private int Open(char c, int place)
    {
        var rest = text.AsSpan(at);
        switch (c)
        {
            case '\\':
                return at + 1 < place ? 2 : 1;
            case '$' when rest.StartsWith("$(("):
                open.Push('a');
                open.Push('a');
                return 3;
            case '$' when rest.StartsWith("$(") && at + 1 < place:
                open.Push('(');
                return 2;
            case '$' when rest.StartsWith("${") && at + 1 < place:
                open.Push('{');
                return 2;
            case '$' when rest.StartsWith("$'") && Innermost != '"':
                isLost = true; // its backslashes are bash's own
                return 1;
            case '`':
                open.Push('`');
                return 1;
        }

        return Innermost == '"' ? 1 : OpenOutsideQuotes(c, rest);
    }

    private int OpenOutsideQuotes(char c, ReadOnlySpan<char> rest)
    {
        switch (c)
        {
            case '\'' when Innermost == '{' && open.Contains('"'):
                isLost = true; // shells differ
                break;
            case '\'' or '"':
                open.Push(c);
                break;
            case '}' when Innermost == '{':
            case ')' when Innermost is '(' or 'a':
                open.Pop();
                break;
            case '(' when Innermost == 'a':
                open.Push('a');
                break;
            case '(' when rest.StartsWith("((") && Innermost != '{':
                open.Push('a');
                open.Push('a');
                return 2;
            case '(' when Innermost != '{':
                open.Push('(');
                break;
            case '#' when Innermost is '\0' or '(' && IsWordStart():
                open.Push('#');
                break;
            case '<' when rest.StartsWith("<<") && Innermost != 'a':
                hasHereDocument |= !rest.StartsWith("<<<");
                return rest.StartsWith("<<<") ? 3 : 2;
            case 'c' when rest.StartsWith("case") && open.Contains('(') && IsWordStart():
                isLost = true; // the ')' of its patterns closes nothing
                break;
        }

        return 1;
    }

    private bool IsWordStart() => at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at - 1] is ';' or '&' or '|' or '(';
}
