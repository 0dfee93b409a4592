using ScarNet.Core.Functions;

namespace ScarNet.Tests.Definitions;

public sealed class FurtherInputs
{
    [Fact]
    public void AreAListOrABlockOfNames()
    {
        var list = Written.Short("inputs: ['s3://b/k', 'https://h/x?', {url: 's3://b/*?', literal: true, path: here/, name: odd}]").Inputs;
        var block = Written.Short("inputs: {ref: 's3://b/k?', other: {url: 's3://b/d/', optional: true}}").Inputs;

        Assert.Equal(
            [new("s3://b/k"), new("https://h/x", Optional: true), new("s3://b/*?", "odd", Literal: true, Path: "here/")], list);
        Assert.Equal([new("s3://b/k", "ref", Optional: true), new InputRule("s3://b/d/", "other", Optional: true)], block);
    }

    [Fact]
    public void MayBeFilesOfTheFunctionsOwn()
    {
        var function = Written.Short("files: [lib/tool.py, ./data/]", "package: pack.zip");
        var mapped = Written.Short("files: {model.bin: ../m.bin}");

        Assert.Equal([new("lib/tool.py", "/files/lib/tool.py"), new LocalFile("data", "/files/data")], function.Files);
        Assert.Equal("/files/pack.zip", function.Package);
        Assert.Equal([new LocalFile("model.bin", "/m.bin")], mapped.Files);
    }

    [Theory]
    [InlineData("inputs: [ok.txt, 's3://b']", "4:22: input 's3://b' of function 'f' names no object")]
    [InlineData("inputs: ['ftp://h/x']", "4:14: input 'ftp://h/x' of function 'f' is of a kind that is not read")]
    [InlineData("inputs: ['../x']", "4:14: input '../x' of function 'f' is not inside the workspace")]
    [InlineData("inputs: ['https://{bucket}/x']", "4:14: input 'https://{bucket}/x' of function 'f' is no address of a web server")]
    [InlineData("inputs: ['s3://b/{kye}']", "4:14: input 's3://b/{kye}' of function 'f' has the unknown placeholder '{kye}'")]
    [InlineData("inputs: {1x: 's3://b/k'}", "4:14: input 's3://b/k' of function 'f' has the name '1x', which no variable can have")]
    [InlineData("inputs: {a-b: 's3://b/k', a_b: 's3://b/l'}", "4:31: input 'a_b' of function 'f' and 'a-b' would both be 'SCARNET_INPUT_A_B'")]
    [InlineData("inputs: [{url: 's3://b/k', path: ../x}]", "4:14: input 's3://b/k' of function 'f' goes to '../x', which is not inside the workspace")]
    [InlineData("inputs: [{url: 's3://b/k', sha256: abc}]", "4:14: input 's3://b/k' of function 'f' has a 'sha256' that is no digest")]
    [InlineData("inputs: [{optional: true}]", "4:14: 'inputs[0]' of function 'f' must be an address, or a block with 'url', not a block of keys")]
    [InlineData("inputs: [{url: x, optinal: true}]", "4:23: unknown key 'optinal' in 'inputs[0]' of function 'f'")]
    [InlineData("references: ['s3://b/d/']", "4:18: reference 's3://b/d/' of function 'f' is no single object")]
    [InlineData("references: [x.txt]", "4:18: reference 'x.txt' of function 'f' is no address")]
    [InlineData("reference_cache: here", "4:22: 'reference_cache' of function 'f' is 'here', which is no directory of a machine")]
    [InlineData("files: [ok, ../x]", "4:17: file '../x' of function 'f' would not be inside the workspace")]
    [InlineData("files: [.scarnet/job.json]", "4:13: file '.scarnet/job.json' of function 'f' is where ScarNet keeps its own")]
    [InlineData("files: [x, ./x]", "4:16: file 'x' of function 'f' stands there twice")]
    [InlineData("package: [a]", "4:14: 'package' of function 'f' must be the path of a file or a directory, not a list")]
    public void AreRefusedWithTheirPlace(string line, string error)
    {
        Assert.Contains($"pipeline.yaml:{error}", Written.Problems(Written.ShortText(line)), StringComparison.Ordinal);
    }
}
