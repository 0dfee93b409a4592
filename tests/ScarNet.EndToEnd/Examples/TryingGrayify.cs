using System.Globalization;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Examples;

public sealed class TryingGrayify(DockerFixture docker) : IDisposable
{
    private readonly Example example = new("grayify");

    [Fact]
    public async Task TurnsAColouredJpegIntoTheSamePictureInGray()
    {
        await example.BuildImage(docker);
        var picture = example.File("rose.jpg");

        await example.Try(picture);

        var gray = Assert.Single(example.Found("/out/", "rose.jpg"));
        Assert.Equal("JPEG sRGB 560x368", await Images.Identify(picture, "%m %[colorspace] %wx%h"));
        Assert.Equal("JPEG Gray 560x368", await Images.Identify(gray, "%m %[colorspace] %wx%h"));
        Assert.Equal(await Number(picture, "%[fx:mean.g]"), await Number(gray, "%[fx:mean.g]"), 0.1);
    }

    public void Dispose() => example.Dispose();

    private static async Task<double> Number(string picture, string format) =>
        double.Parse(await Images.Identify(picture, format), CultureInfo.InvariantCulture);
}
