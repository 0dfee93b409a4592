using ScarNet.Cli.Deploy;

namespace ScarNet.Tests.Deploy;

public sealed class NamingDerivedImages
{
    [Theory]
    [InlineData("grayify", "scarnet/grayify")]
    [InlineData("gray-ify_2", "scarnet/gray-ify_2")]
    public void TakesFunctionsNamesThatEcrTakes(string function, string repository)
    {
        Assert.Equal(repository, DerivedImage.RepositoryOf(function));
    }

    [Theory]
    [InlineData("Grayify", "^scarnet/grayify-[0-9a-f]{8}$")]
    [InlineData("a--b", "^scarnet/a-b-[0-9a-f]{8}$")]
    [InlineData("-a_", "^scarnet/a-[0-9a-f]{8}$")]
    [InlineData("__", "^scarnet/[0-9a-f]{8}$")]
    public void WritesOthersSoThatEcrTakesThem(string function, string pattern)
    {
        Assert.Matches(pattern, DerivedImage.RepositoryOf(function));
    }

    [Fact]
    public void TellsNamesApartThatLookAlike()
    {
        Assert.NotEqual(DerivedImage.RepositoryOf("Grayify"), DerivedImage.RepositoryOf("GRAYIFY"));
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com/mine:1", true)]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/mine", true)]
    [InlineData("public.ecr.aws/docker/library/alpine", false)]
    [InlineData("evil.example/123456789012.dkr.ecr.eu-west-1.amazonaws.com/mine", false)]
    [InlineData("alpine", false)]
    public void KnowsImagesOfEcr(string image, bool isInEcr)
    {
        Assert.Equal(isInEcr, DerivedImage.IsInEcr(image));
    }
}
