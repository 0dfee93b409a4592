namespace ScarNet.Cli.Output;

/// <summary>A line for each file that arrives: for logs and pipes. Says nothing without a terminal.</summary>
internal sealed class TransferLines(Terminal? terminal) : ITransferMeter
{
    public void Advance(long bytes)
    {
        // lines are for whole files
    }

    public void Finished(string from, string to) => terminal?.Say($"{Printable.Of(from)} -> {Printable.Of(to)}");
}
