using Spectre.Console;

namespace ScarNet.Cli.Output;

/// <summary>One bar for the whole transfer: for eyes.</summary>
internal sealed class TransferBar(ProgressTask task) : ITransferMeter
{
    public void Advance(long bytes) => task.Increment(bytes);

    public void Finished(string from, string to)
    {
        // the bar counts bytes; names would scroll it away
    }

    /// <summary>Shows a bar while the work goes on.</summary>
    public static Task<T> Show<T>(Terminal terminal, string title, long bytes, Func<ITransferMeter, Task<T>> work) =>
        terminal.Screen().Progress()
            .AutoClear(enabled: true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(context => work(new TransferBar(context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, bytes)))));
}
