namespace ScarNet.Cli.Output;

/// <summary>Shows how far a transfer is. Thread-safe.</summary>
internal interface ITransferMeter
{
    /// <summary>Some more bytes have gone over.</summary>
    void Advance(long bytes);

    /// <summary>A file has arrived whole.</summary>
    void Finished(string from, string to);
}
