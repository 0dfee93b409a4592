using ScarNet.Cli.Transfers;
using ScarNet.Core;

namespace ScarNet.Tests.Cli;

public sealed class TypingS3Addresses
{
    [Theory]
    [InlineData("s3://photos", "photos", "")]
    [InlineData("s3://photos/", "photos", "")]
    [InlineData("s3://photos/in/", "photos", "in/")]
    [InlineData("s3://photos/a b+c%20.txt", "photos", "a b+c%20.txt")]
    [InlineData("S3://photos//x", "photos", "/x")]
    public void TakesTheKeyAsItStands(string text, string bucket, string key) =>
        Assert.Equal(new S3Address(bucket, key), S3Address.Parse(text));

    [Theory]
    [InlineData("photos/in", "photos", "in/")]
    [InlineData("photos/in/", "photos", "in/")]
    [InlineData("photos", "photos", "")]
    [InlineData("s3://photos/in", "photos", "in/")]
    public void TakesAFolderAsScarDoes(string text, string bucket, string key) =>
        Assert.Equal(new S3Address(bucket, key), S3Address.ParseFolder(text));

    [Theory]
    [InlineData("photos/in/")]
    [InlineData("http://photos/in/")]
    [InlineData("s3://")]
    [InlineData("s3:///in/")]
    public void RefusesWhatNamesNoBucket(string text) => Assert.Throws<ScarException>(() => S3Address.Parse(text));
}
