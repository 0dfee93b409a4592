namespace ScarNet.Cli.Definitions.Values;

/// <summary>Finds what a misspelt word was meant to be.</summary>
internal static class DidYouMean
{
    private const int LongestWord = 64;

    /// <summary>A hint that names the nearest word; null when none is near.</summary>
    public static string? Hint(string word, IEnumerable<string> known) => Nearest(word, known) is { } nearest ? $"did you mean '{nearest}'?" : null;

    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestWord)
        {
            return null;
        }

        var plain = Plain(word);
        return known
            .Select(candidate => (candidate, distance: Distance(plain, Plain(candidate))))
            .Where(pair => pair.distance <= Math.Max(1, Math.Min(plain.Length, pair.candidate.Length) / 3))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    private static string Plain(string word) => word.ToLowerInvariant().Replace('-', '_');

    /// <summary>Letters to add, drop, change or swap with their neighbour.</summary>
    private static int Distance(string a, string b)
    {
        var d = Enumerable.Range(0, a.Length + 1).Select(_ => new int[b.Length + 1]).ToArray();
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i][j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i][j] = Math.Min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }

        return d[a.Length][b.Length];
    }
}
