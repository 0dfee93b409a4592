namespace ScarNet.Benchmarks.Report;

/// <summary>The report: a Markdown table that also reads well as plain text.</summary>
internal static class MarkdownTable
{
    private static readonly string[] Head = ["measurement", "ScarNet", "peer", "ratio", "goal", "met"];

    public static string Format(IReadOnlyList<Row> rows)
    {
        string[][] cells = [Head, .. rows.Select(r => new[] { r.What, r.Ours, r.Peer, r.Ratio, r.Goal, r.Met ? "yes" : "**no**" })];
        var widths = Enumerable.Range(0, Head.Length).Select(column => cells.Max(line => line[column].Length)).ToArray();
        var lines = cells.Select(line => "| " + string.Join(" | ", line.Select((cell, i) => cell.PadRight(widths[i]))) + " |").ToList();
        lines.Insert(1, "|" + string.Join("|", widths.Select(width => new string('-', width + 2))) + "|");
        return string.Join('\n', lines);
    }
}
