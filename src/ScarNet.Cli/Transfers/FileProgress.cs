using ScarNet.Cli.Output;

namespace ScarNet.Cli.Transfers;

/// <summary>Turns "so far" of one file, as the SDK tells it from several threads, into what has been added.</summary>
internal sealed class FileProgress(ITransferMeter meter)
{
    private readonly Lock gate = new();
    private long reached;

    public void Reach(long soFar)
    {
        lock (gate)
        {
            meter.Advance(Math.Max(0, soFar - reached));
            reached = Math.Max(reached, soFar);
        }
    }
}
