using ScarNet.Core;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public sealed class ReadingArrayManifests
{
    private const int Lines = ArrayManifest.MaxSize;

    private static readonly Offload.Upload Manifest = ArrayManifest.Of("f", Enumerable.Range(0, Lines).Select(Event));

    [Theory]
    [InlineData(0)]
    [InlineData(77)]
    [InlineData(Lines - 1)]
    public async Task FindsTheLineOfAChild(int index) => Assert.Equal(Event(index), await Read(index, Manifest.Sha256));

    [Fact]
    public async Task RefusesContentOfAnotherDigest()
    {
        var refusal = await Assert.ThrowsAsync<ScarException>(() => Read(3, new string('0', 64)));

        Assert.Contains("does not have the digest", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaysWhenThereIsNoSuchChild()
    {
        var refusal = await Assert.ThrowsAsync<ScarException>(() => Read(Lines, Manifest.Sha256));

        Assert.Contains($"has {Lines} lines: none for child {Lines}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeepsNoLineWithoutAnEnd()
    {
        using var endless = new MemoryStream(new byte[ArrayManifest.MaxLineBytes + 1]);

        var refusal = await Assert.ThrowsAsync<ScarException>(() => ArrayManifest.Read(endless, 0, "", TestContext.Current.CancellationToken));

        Assert.Contains("longer than", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AreKeptUnderTheirDigest() => Assert.Equal($"arrays/f/{Manifest.Sha256}", Manifest.Key);

    private static async Task<ObjectEvent> Read(int index, string sha256)
    {
        using var content = new MemoryStream(Manifest.Content.ToArray());
        return await ArrayManifest.Read(content, index, sha256, TestContext.Current.CancellationToken);
    }

    // A key's own line break must not end a line.
    private static ObjectEvent Event(int n) => new()
    {
        Object = new("bucket", $"in/{n}\nü+%.txt"),
        Size = n,
        ETag = $"{n:x32}",
        VersionId = "v",
        Sequencer = "0F",
        Region = "eu-west-1",
    };
}
