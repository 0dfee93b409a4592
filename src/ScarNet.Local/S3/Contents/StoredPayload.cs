using ScarNet.Local.Http.Payloads;

namespace ScarNet.Local.S3.Contents;

/// <summary>A range of a stored object, to be received again as the body of something else.</summary>
internal sealed class StoredPayload : Payload
{
    private readonly IReadOnlyList<ContentPart> contents;
    private readonly Blobs blobs;
    private ByteRange left;

    public StoredPayload(IReadOnlyList<ContentPart> contents, ByteRange range, Blobs blobs)
    {
        this.contents = contents;
        this.blobs = blobs;
        left = range;
        Length = range.Length;
    }

    public override async ValueTask<int> Read(Memory<byte> destination, CancellationToken cancellation)
    {
        var piece = left with { Length = Math.Min(left.Length, destination.Length) };
        var filled = 0;
        await Sender.Send(
            contents,
            piece,
            blobs,
            bytes =>
            {
                bytes.CopyTo(destination[filled..]);
                filled += bytes.Length;
                return ValueTask.CompletedTask;
            },
            cancellation);
        left = new ByteRange(left.Start + filled, left.Length - filled);
        return filled;
    }
}
