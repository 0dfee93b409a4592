using System.Buffers.Binary;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Examples;

/// <summary>What a picture file holds.</summary>
internal static class Images
{
    /// <summary>Colour type of a PNG that has no colours. Source: PNG specification, 11.2.1 IHDR.</summary>
    public const int GrayPng = 0;

    /// <summary>Width, height and colour type, from a PNG's first chunk.</summary>
    public static (int Width, int Height, int ColourType) Png(string path)
    {
        var head = File.ReadAllBytes(path).AsSpan(0, 26);
        Assert.True(head[1..4].SequenceEqual("PNG"u8), $"{path} is no PNG");
        return (BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..]), head[25]);
    }

    /// <summary>What ImageMagick says of a picture, in the words of its format string.</summary>
    public static async Task<string> Identify(string path, string format)
    {
        var answer = await DockerFixture.Run(
            ["run", "--rm", "--interactive", "--network", "none", "scarnet/imagemagick", "convert", "-", "-format", format, "info:"],
            await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        return answer.Trim();
    }
}
