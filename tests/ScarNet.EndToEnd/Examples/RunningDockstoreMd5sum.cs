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
    public async Task WhatCwltoolRefusesIsNoSuccess()
    {
        var result = await Run(tasks.WriteFile("empty.json", "{}"));

        Assert.NotEqual(0, result.ExitCode);
    }

    private Task<CommandResult> Run(string parameters) =>
        Command.Run(SupervisorBinary.FullName, ["cwl", Tool, parameters], tasks.Environment, tasks.Files);
}
