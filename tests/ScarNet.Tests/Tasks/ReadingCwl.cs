using System.Text.Json.Nodes;
using ScarNet.Core;
using ScarNet.Core.Tasks;

namespace ScarNet.Tests.Tasks;

public sealed class ReadingCwl
{
    [Theory]
    [InlineData("""{"class": "CommandLineTool", "outputs": [{"id": "#main/a"}, {"id": "file:///t.cwl#b"}]}""")]
    [InlineData("""{"class": "CommandLineTool", "outputs": {"a": "File", "b": "stdout"}}""")]
    [InlineData("""{"$graph": [{"id": "#tool", "outputs": []}, {"id": "#main", "outputs": [{"id": "#main/a"}, {"id": "#main/step/b"}]}]}""")]
    public void OutputsAreFoundByTheirNames(string packed) => Assert.Equal(["a", "b"], CwlDocument.Outputs(Object(packed)));

    [Fact]
    public void FilesAreFoundWhereverTheyAre()
    {
        var found = CwlDocument.Files(Object("""
            {"a": [{"class": "File", "path": "1", "secondaryFiles": [{"class": "File", "path": "2"}]}], "b": {"c": {"class": "Directory", "path": "3"}}, "d": 4}
            """));

        Assert.Equal(["1", "2", "3"], found.Select(CwlDocument.Place));
    }

    [Fact]
    public void AFileTakesItsSecondaryFilesAlong()
    {
        var targets = CwlDocument.Targets(
            "o",
            JsonNode.Parse("""{"class": "File", "basename": "x.bam", "secondaryFiles": [{"class": "File", "basename": "x.bai"}]}"""),
            JsonNode.Parse("""{"class": "File", "path": "s3://b/d/y.bam"}"""));

        Assert.Equal(["s3://b/d/y.bam", "s3://b/d/x.bai"], targets.Select(target => target.Url));
    }

    [Fact]
    public void AListGoesBelowADirectory()
    {
        var targets = CwlDocument.Targets(
            "o", JsonNode.Parse("""[{"class": "File", "basename": "1"}, {"class": "File", "basename": "2"}]"""), JsonNode.Parse("""{"class": "Directory", "path": "s3://b/d/"}"""));

        Assert.Equal(["s3://b/d/1", "s3://b/d/2"], targets.Select(target => target.Url));
    }

    [Fact]
    public void WhatDoesNotFitIsTold() => Assert.Throws<ScarException>(() =>
        CwlDocument.Targets("o", JsonNode.Parse("""[{"class": "File"}]"""), JsonNode.Parse("""[{"class": "File"}, {"class": "File"}]""")));

    private static JsonObject Object(string json) => (JsonObject)JsonNode.Parse(json)!;
}
