using System.Text;
using ScarNet.Containers;
using ScarNet.Local.Containers;

namespace ScarNet.Tests.Containers;

public sealed class RegistryLoginsOfAnImage
{
    // dXNlcjpwYTpzcw== is user:pa:ss
    private const string Config = """{"auths":{"registry.example:5000":{"auth":"dXNlcjpwYTpzcw=="},"https://index.docker.io/v1/":{}}}""";

    [Theory]
    [InlineData("busybox", "https://index.docker.io/v1/")]
    [InlineData("grycap/mrbayes", "https://index.docker.io/v1/")]
    [InlineData("registry.example:5000/a/b:1", "registry.example:5000")]
    [InlineData("localhost/a", "localhost")]
    public void TheRegistryIsTheFirstPartThatLooksLikeAHost(string image, string registry) =>
        Assert.Equal(registry, RegistryLogins.RegistryOf(image));

    [Fact]
    public void AStoredLoginBecomesTheHeader()
    {
        var header = RegistryLogins.HeaderFor("registry.example:5000/a", Config)!;

        Assert.Equal(
            """{"username":"user","password":"pa:ss","serveraddress":"registry.example:5000"}""",
            Encoding.UTF8.GetString(Convert.FromBase64String(header.Replace('-', '+').Replace('_', '/'))));
    }

    [Theory]
    [InlineData("busybox", Config)]
    [InlineData("other.example/a", Config)]
    [InlineData("busybox", null)]
    [InlineData("busybox", "not json")]
    public void WithoutOneThereIsNone(string image, string? config) => Assert.Null(RegistryLogins.HeaderFor(image, config));
}
