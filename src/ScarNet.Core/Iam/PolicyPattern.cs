namespace ScarNet.Core.Iam;

/// <summary>
/// Matches the patterns of policies: '*' is any text, '?' one character, <c>${*}</c>, <c>${?}</c> and <c>${$}</c> stand for themselves.
/// Other variables match nothing but their own text. Takes time proportional to both lengths' product at most.
/// </summary>
internal static class PolicyPattern
{
    private const char AnyText = '\uFFFF';
    private const char AnyCharacter = '\uFFFE';

    public static bool Matches(string pattern, string text, bool ignoreCase = false)
    {
        var parsed = Parse(pattern);
        var (p, t, star, resume) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < parsed.Count && parsed[p] == AnyText)
            {
                (star, resume) = (p++, t);
            }
            else if (p < parsed.Count && (parsed[p] == AnyCharacter || Same(parsed[p], text[t], ignoreCase)))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The last '*' takes one character more.
                (p, t) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        while (p < parsed.Count && parsed[p] == AnyText)
        {
            p++;
        }

        return p == parsed.Count;
    }

    private static bool Same(char one, char other, bool ignoreCase) =>
        one == other || (ignoreCase && char.ToLowerInvariant(one) == char.ToLowerInvariant(other));

    private static List<char> Parse(string pattern)
    {
        var parsed = new List<char>(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern.AsSpan(i) is ['$', '{', '*' or '?' or '$', '}', ..])
            {
                parsed.Add(pattern[i + 2]);
                i += 3;
            }
            else
            {
                parsed.Add(pattern[i] switch { '*' => AnyText, '?' => AnyCharacter, var c => c });
            }
        }

        return parsed;
    }
}
