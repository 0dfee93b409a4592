using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core.Checksums;
using ScarNet.Local.S3.Checksums;

namespace ScarNet.Tests.Objects;

public sealed class Checksums
{
    /// <summary>The catalogue's check values, over "123456789". Source: reveng.sourceforge.io/crc-catalogue</summary>
    [Theory]
    [InlineData("CRC32", "cbf43926")]
    [InlineData("CRC32C", "e3069283")]
    [InlineData("CRC64NVME", "ae8b14860a799888")]
    [InlineData("SHA1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441")]
    [InlineData("SHA256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")]
    public void HaveTheirPublishedValues(string algorithm, string expected)
    {
        using var running = RunningChecksum.Start(Enum.Parse<ChecksumAlgorithm>(algorithm));

        running.Append("1234"u8);
        running.Append(Encoding.ASCII.GetBytes("56789"));

        Assert.Equal(expected, Convert.ToHexStringLower(running.Finish().Bytes));
    }

    [Fact]
    public void OfTwoPiecesCombineToThatOfBoth()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte[]>(), (first, second) =>
            new[] { Crc.Crc32, Crc.Crc32C, Crc.Crc64Nvme }.All(crc =>
                crc.Combine(crc.Append(0, first), crc.Append(0, second), second.Length) == crc.Append(0, [.. first, .. second])))
            .QuickCheckThrowOnFailure();
    }
}
