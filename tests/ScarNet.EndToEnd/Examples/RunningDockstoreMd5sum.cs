using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Supervisor;
using ScarNet.EndToEnd.Tasks;

namespace ScarNet.EndToEnd.Examples;

/// <summary>A CWL tool with Dockstore's kind of parameter file, run by the real cwltool.</summary>
public sealed class RunningDockstoreMd5sum(TaskFixture tasks) : IClassFixture<TaskFixture>
{
    private const string Digest = "22c3683b094136c3398391ae71b20f04  -\n";
    private static readonly string Tool = Path.Join(Repository.Root, "examples", "dockstore-md5sum", "md5sum.cwl");

    [Fact]
    public async Task TheExampleRunsAsItStands()
    {
        await tasks.S3.PutBucketAsync(new Amazon.S3.Model.PutBucketRequest { BucketName = "results" });

        var result = await Run(Path.Join(Repository.Root, "examples", "dockstore-md5sum", "params.json"));

        Assert.True(result.ExitCode == 0, result.Error);
        using var response = await tasks.S3.GetObjectAsync("results", "md5sum.txt");
        using var reader = new StreamReader(response.ResponseStream);
        Assert.Equal(Digest, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task InputsComeFromTheWebAndOutputsGoToABucket()
    {
        tasks.Web["/in.txt"] = "hello, world\n";
        var parameters = tasks.WriteFile("p.json", $$"""
            {"input_file": {"class": "File", "path": "{{tasks.Web.Address}}/in.txt"}, "output_file": {"class": "File", "path": "s3://{{TaskFixture.Bucket}}/cwl/md5" } }
            """);

        var result = await Run(parameters);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(Digest, (await tasks.Objects("cwl/"))["md5"]);
        Assert.Contains($"\"location\":\"s3://{TaskFixture.Bucket}/cwl/md5\"", result.Output);
    }

    [Fact]
    public async Task TheToolRunsInAPipeline()
    {
        using var example = new Example("dockstore-md5sum");

        await example.Try(example.File("hello.txt"));

        Assert.Equal(Digest, await File.ReadAllTextAsync(Assert.Single(example.Found("/hello/", "md5sum.txt"))));
    }

    [Fact]
    public async Task DirectoriesAndListsComeFromABucketAndGoThere()
    {
        await tasks.Put("cwl-in/d/a.txt", "a");
        await tasks.Put("cwl-in/d/sub/b.txt", "b");
        await tasks.Put("cwl-in/d2/leak.txt", "leak");
        await tasks.Put("cwl-in/one.txt", "one");
        await tasks.Put("cwl-in/two.txt", "two");
        var tool = tasks.WriteFile("lists.cwl", """
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'find -L "$0" -type f | sed "s|.*/||" | sort > names.txt; for f; do cp "$f" "copy-$(basename "$f")"; done']
            inputs:
              tree: {type: Directory, inputBinding: {position: 1}}
              files: {type: 'File[]', inputBinding: {position: 2}}
            outputs:
              names: {type: File, outputBinding: {glob: names.txt}}
              copies: {type: 'File[]', outputBinding: {glob: copy-*}}
            """);
        var bucket = TaskFixture.Bucket;
        var parameters = tasks.WriteFile("lists.json", $$"""
            {
              "tree": {"class": "Directory", "path": "s3://{{bucket}}/cwl-in/d"},
              "files": [{"class": "File", "path": "s3://{{bucket}}/cwl-in/one.txt"}, {"class": "File", "location": "s3://{{bucket}}/cwl-in/two.txt"}],
              "names": {"class": "File", "path": "s3://{{bucket}}/cwl-out/names"},
              "copies": {"class": "Directory", "path": "s3://{{bucket}}/cwl-out/copies"}
            }
            """);

        var result = await Command.Run(SupervisorBinary.FullName, ["cwl", tool, parameters], tasks.Environment, tasks.Files);

        Assert.True(result.ExitCode == 0, result.Error);
        var objects = await tasks.Objects("cwl-out/");
        Assert.Equal(["copies/copy-one.txt", "copies/copy-two.txt", "names"], objects.Keys);
        Assert.Equal(("one", "two", "a.txt\nb.txt\n"), (objects["copies/copy-one.txt"], objects["copies/copy-two.txt"], objects["names"]));
    }

    [Fact]
    public async Task WhatCwltoolRefusesIsNoSuccess()
    {
        var result = await Run(tasks.WriteFile("empty.json", "{}"));

        Assert.NotEqual(0, result.ExitCode);
    }

    private Task<CommandResult> Run(string parameters) =>
        Command.Run(SupervisorBinary.FullName, ["cwl", Tool, parameters], tasks.Environment, tasks.Files);
}
