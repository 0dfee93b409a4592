using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Examples;

public sealed class TryingVideoFrames(DockerFixture docker) : IDisposable
{
    private const int Frames = 12;
    private readonly Example example = new("video-frames");

    [Theory]
    [InlineData("auto")]
    [InlineData("sibling")]
    [InlineData("multi")]
    public async Task MakesAThumbnailOfEveryFrameAndOneSheetOfAll(string launch)
    {
        await example.BuildImage(docker);
        example.Replace("execution_mode: batch", $"execution_mode: batch\n    launch: {launch}");

        await example.Try(example.File("clip.mp4"));

        var frames = example.Found("/frames/", ".png");
        Assert.Equal(Enumerable.Range(1, Frames).Select(i => $"clip-{i:0000}.png"), frames.Select(Path.GetFileName));
        Assert.Equal(Frames, frames.Select(frame => Convert.ToBase64String(File.ReadAllBytes(frame))).Distinct().Count());
        Assert.All(frames, frame => Assert.Equal((640, 360), (Images.Png(frame).Width, Images.Png(frame).Height)));
        var thumbnails = example.Found("/thumbnails/", ".png");
        Assert.Equal(frames.Select(Path.GetFileName), thumbnails.Select(Path.GetFileName));
        Assert.All(thumbnails, thumbnail => Assert.Equal((160, 90, Images.GrayPng), Images.Png(thumbnail)));
        var sheet = Images.Png(Assert.Single(example.Found("/sheets/", "clip.png")));
        Assert.Equal((4 * 160, 3 * 90), (sheet.Width, sheet.Height));
    }

    public void Dispose() => example.Dispose();
}
