namespace ScarNet.Cli.Output;

/// <summary>A table as plain text, for eyes and for <c>awk</c> alike: no lines, no escape codes, no cutting.</summary>
internal static class Columns
{
    private const int Gap = 2;

    public static string Of(IReadOnlyList<string> titles, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Select(row => row.Select(Printable.Of).ToArray()).Prepend([.. titles]).ToList();
        var widths = titles.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', all.Select(row => string.Concat(row.Select((cell, i) => cell.PadRight(widths[i] + Gap))).TrimEnd()));
    }
}
