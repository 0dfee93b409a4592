using FsCheck;
using FsCheck.Fluent;
using ScarNet.Local.Logs;

namespace ScarNet.Tests.Logs;

public sealed class KeepingTheLastBytes
{
    [Fact]
    public void HoldsTheEndOfAllThatWasAdded() => Prop.ForAll<byte[][], PositiveInt>((pieces, capacity) =>
    {
        var ring = new RingBuffer(capacity.Get);
        foreach (var piece in pieces)
        {
            ring.Add(piece);
        }

        var all = pieces.SelectMany(p => p).ToArray();
        return ring.Total == all.Length && ring.ToArray().AsSpan().SequenceEqual(all.AsSpan(Math.Max(0, all.Length - capacity.Get)));
    }).QuickCheckThrowOnFailure();
}
