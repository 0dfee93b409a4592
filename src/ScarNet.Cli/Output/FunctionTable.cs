using Spectre.Console;

namespace ScarNet.Cli.Output;

/// <summary>A table that moves: for eyes. Functions are rows; a bar shows how much of what is known is done.</summary>
internal sealed class FunctionTable(LiveDisplayContext display) : IFunctionBoard
{
    private const int BarWidth = 24;

    public void Show(IReadOnlyList<FunctionCounts> functions) => display.UpdateTarget(Render(functions));

    /// <summary>Shows the table while the work goes on, and leaves it standing.</summary>
    public static Task<T> Show<T>(Terminal terminal, Func<IFunctionBoard, Task<T>> work) =>
        terminal.Screen().Live(Render([])).AutoClear(enabled: false).StartAsync(display => work(new FunctionTable(display)));

    private static Table Render(IReadOnlyList<FunctionCounts> functions)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var title in (string[])["FUNCTION", "", "PENDING", "RUNNING", "DONE", "FAILED"])
        {
            table.AddColumn(new TableColumn(new Text(title)) { NoWrap = true });
        }

        foreach (var f in functions)
        {
            table.AddRow(
                new Text(f.Name),
                Bar(f),
                new Text($"{f.Pending}"),
                new Text($"{f.Running}"),
                new Text($"{f.Succeeded}"),
                new Text($"{f.Failed}", f.Failed > 0 ? new Style(Color.Red) : Style.Plain));
        }

        return table;
    }

    private static Text Bar(FunctionCounts f)
    {
        var ended = f.Succeeded + f.Failed;
        var filled = ended == 0 ? 0 : BarWidth * ended / (ended + f.Pending + f.Running);
        return new Text(new string('━', filled) + new string('·', BarWidth - filled), new Style(f.Failed > 0 ? Color.Red : Color.Green));
    }
}
