using ScarNet.Local.Http;
using ScarNet.Local.S3.Contents;

namespace ScarNet.Tests.Objects;

public sealed class Ranges
{
    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=2-5", 2, 4)]
    [InlineData("bytes=2-", 2, 8)]
    [InlineData("bytes=-3", 7, 3)]
    [InlineData("bytes=-30", 0, 10)]
    [InlineData("bytes=9-99", 9, 1)]
    [InlineData("BYTES= 1 - 2 ", 1, 2)]
    public void ArePartOfTheObject(string header, long start, long length) =>
        Assert.Equal(new ByteRange(start, length), ByteRange.Parse(header, 10));

    [Theory]
    [InlineData(null)]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=")]
    [InlineData("bytes=1-2,4-5")]
    [InlineData("lines=1-2")]
    public void AreIgnoredWhenTheyAreNone(string? header) => Assert.Null(ByteRange.Parse(header, 10));

    [Theory]
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=-0", 10)]
    [InlineData("bytes=0-0", 0)]
    public void AreRefusedWhenNothingIsInThem(string header, long size) =>
        Assert.Equal(416, Assert.Throws<ApiException>(() => ByteRange.Parse(header, size)).Status);
}
