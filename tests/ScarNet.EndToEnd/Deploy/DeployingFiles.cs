using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

public sealed class DeployingFiles(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task UploadsEachContentOnceAndNothingTheSecondTime()
    {
        using var deployment = new Deployment(engine);
        using var files = new TemporaryDirectory();
        Directory.CreateDirectory(files.Under("lib/deep"));
        await File.WriteAllTextAsync(files.Under("lib/deep/a"), "same");
        await File.WriteAllTextAsync(files.Under("lib/b"), "same");
        File.SetUnixFileMode(files.Under("lib/b"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var function = Pipelines.Inline("with-files") with
        {
            Files = [new LocalFile("tools", files.Under("lib"))],
            Package = files.Under("lib"),
        };

        var plan = await deployment.Init(function);
        var second = await deployment.Init(function);
        await File.WriteAllTextAsync(files.Under("lib/deep/a"), "changed");
        var third = await deployment.Init(function);

        Assert.Equal(2, plan.Steps.Count(step => step is { Kind: StepKind.Create, Resource: "file" }));
        Assert.True(second.IsEmpty);
        Assert.Equal(2, third.Steps.Count(step => step is { Kind: StepKind.Create, Resource: "file" }));
        Assert.Contains(third.Steps, step => step is { Kind: StepKind.Update, Resource: "function", Reason: "its code has changed" });
    }

    [Fact]
    public async Task TellsTheSupervisorWhereTheyGoAndWhichMayBeRun()
    {
        using var files = new TemporaryDirectory();
        Directory.CreateDirectory(files.Under("lib/deep"));
        await File.WriteAllTextAsync(files.Under("lib/deep/a"), "same");
        await File.WriteAllTextAsync(files.Under("lib/b"), "same");
        File.SetUnixFileMode(files.Under("lib/b"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var function = Pipelines.Inline("with-files") with { Files = [new LocalFile("tools", files.Under("lib"))], Package = files.Under("lib") };

        var first = await Attachments.Of(function, TestContext.Current.CancellationToken);
        var again = await Attachments.Of(function, TestContext.Current.CancellationToken);

        Assert.Equal([("tools/b", true), ("tools/deep/a", false)], first.Files.Select(file => (file.Path, file.IsExecutable)));
        Assert.Equal(ArtifactKeys.File(first.Files[0].Sha256), first.Uploads[0].Key);
        Assert.Equal(first.Package, again.Package);
    }
}
