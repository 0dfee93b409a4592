using ScarNet.Cli.Definitions;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Examples;

public sealed class ReadingExamples
{
    private static readonly string Folder = Find(AppContext.BaseDirectory);

    [Theory]
    [InlineData("wordcount", "wordcount-split → wordcount-count, wordcount-count → wordcount-merge")]
    [InlineData("grayify", "")]
    [InlineData("mrbayes", "")]
    [InlineData("video-frames", "video-split → video-thumbnail, video-split → video-sheet")]
    public void FindsNothingToSayAndTheLinks(string example, string links)
    {
        var read = DefinitionFiles.Read([$"{example}/pipeline.yaml"], Folder, Stream.Null, DefinitionDefaults.BuiltIn);

        Assert.Equal("", ProblemText.Format(read.Problems));
        var found = PipelineGraph.Of(read.Pipeline!).Links.Select(link => $"{link.From.Name} → {link.To.Name}");
        Assert.Equal(links, string.Join(", ", found));
    }

    private static string Find(string directory) => File.Exists(Path.Join(directory, "ScarNet.sln"))
        ? Path.Join(directory, "examples")
        : Find(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("ScarNet.sln is not above the tests"));
}
