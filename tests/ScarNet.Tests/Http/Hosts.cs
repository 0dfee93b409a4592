using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;

namespace ScarNet.Tests.Http;

public sealed class Hosts
{
    [Theory]
    [InlineData("127.0.0.1:9000", true, null)]
    [InlineData("localhost:9000", true, null)]
    [InlineData("my.bucket.localhost:9000", true, "my.bucket")]
    [InlineData("127.0.0.1:9001", false, null)]
    [InlineData("localhost", false, null)]
    [InlineData("evil.example:9000", false, null)]
    [InlineData("evil-localhost:9000", false, null)]
    [InlineData("127.0.0.1.evil.example:9000", false, null)]
    [InlineData("", false, null)]
    public void AreOursOrRefused(string host, bool ours, string? bucket)
    {
        Assert.Equal(ours, HostCheck.IsOurs(new HostString(host), 9000, out var found));
        Assert.Equal(bucket, found);
    }
}
