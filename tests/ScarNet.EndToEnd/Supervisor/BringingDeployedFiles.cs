using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ScarNet.Core.Jobs;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

public sealed class BringingDeployedFiles(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    private const int Regular = 0x8000;
    private const int Link = 0xA000;

    [Fact]
    public async Task PutsThemWhereTheyWereWithTheirRights()
    {
        var tool = await File("#!/bin/sh\ncat lib/data.txt", "bin/tool", executable: true);
        var data = await File("the data", "lib/data.txt");
        var spec = engine.Function("bin/tool > $TMP_OUTPUT_DIR/o; test -x lib/data.txt || echo plain >> $TMP_OUTPUT_DIR/o") with { Files = [tool, data] };

        var run = await Handle(spec);

        Assert.Equal((0, "the dataplain\n"), (run.ExitCode, (await engine.Outputs(spec))["o"]));
    }

    [Fact]
    public async Task RefusesAFileThatIsNotTheOneThatWasDeployed()
    {
        var file = await File("good", "x");
        await engine.Put(ArtifactKeys.File(file.Sha256), "evil", engine.Function("").ArtifactBucket);

        var run = await Handle(engine.Function("true") with { Files = [file] });

        Assert.Equal(ExitCodes.InputMissing, run.ExitCode);
        Assert.Contains("does not have the digest in its name", run.Error, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "fetch_and_run_tmp_leak")]
    public async Task UnpacksThePackageAndLeavesNothingBehind()
    {
        var package = await Package(
            ("bin/run.sh", "#!/bin/sh\ncat share/text; ls -A \"$TMPDIR\"", Regular | 0x1ED),
            ("share/text", "from the package\n", Regular | 0x1A4),
            ("run", "bin/run.sh", Link | 0x1FF));
        var good = engine.Function("#!/bin/sh\nset -e\n./run > $TMP_OUTPUT_DIR/o\ntest ! -x share/text\ntest -L run") with { Package = package };
        var bad = engine.Function("echo x > $TMPDIR/left; mkdir -p $TMPDIR/dir; exit 7") with { Package = package };

        await using var sandbox = Sandbox.Start(good, engine.ClientEnvironment);
        await sandbox.Handle(Event(await engine.Put("package/good", "x")));
        await using var failing = Sandbox.Start(bad, engine.ClientEnvironment);
        await failing.Handle(Event(await engine.Put("package/bad", "x")));

        Assert.Equal("from the package\n", (await engine.Outputs(good))["o"]);
        Assert.Equal((0, 7), (Assert.Single(await engine.Runs(good)).ExitCode, Assert.Single(await engine.Runs(bad)).ExitCode));
        foreach (var temporary in (string[])[sandbox.Temporary, failing.Temporary])
        {
            Assert.Empty(Directory.EnumerateFiles(temporary, "*", SearchOption.AllDirectories));
            Assert.Empty(Directory.GetDirectories(temporary, "w-*", SearchOption.AllDirectories));
        }
    }

    [Theory]
    [InlineData("../escaped", "x", Regular, "'../escaped' lies outside")]
    [InlineData("/tmp/escaped", "x", Regular, "'/tmp/escaped' lies outside")]
    [InlineData("a/../../escaped", "x", Regular, "'a/../../escaped' lies outside")]
    [InlineData("link", "/etc/passwd", Link, "is a link to '/etc/passwd', which leads outside")]
    [InlineData("a/link", "../../x", Link, "is a link to '../../x', which leads outside")]
    [InlineData("link", "a/../../x", Link, "which leads outside")]
    public async Task RefusesAPackageThatReachesOut(string name, string content, int mode, string why)
    {
        var run = await Handle(engine.Function("true") with { Package = await Package((name, content, mode)) });

        Assert.Equal(ExitCodes.InputMissing, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WritesNothingThroughALinkOfThePackage()
    {
        var package = await Package(("d", "/tmp", Link), ("d/escaped-by-link", "x", Regular));

        var run = await Handle(engine.Function("true") with { Package = package });

        Assert.Equal(ExitCodes.InputMissing, run.ExitCode);
        Assert.False(System.IO.File.Exists("/tmp/escaped-by-link"));
    }

    private async Task<RunRecord> Handle(JobSpec spec)
    {
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        await sandbox.Handle(Event(await engine.Put("deployed/" + spec.Function, "event")));
        Assert.Empty(sandbox.Workspaces);
        return Assert.Single(await engine.Runs(spec));
    }

    private async Task<FileSpec> File(string content, string path, bool executable = false)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        await engine.Put(ArtifactKeys.File(digest), content, engine.Function("").ArtifactBucket);
        return new(path, digest, content.Length, executable);
    }

    private async Task<PackageSpec> Package(params (string Name, string Content, int Mode)[] entries)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content, mode) in entries)
            {
                var entry = archive.CreateEntry(name);
                entry.ExternalAttributes = mode << 16;
                using var target = entry.Open();
                target.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(zip.ToArray()));
        zip.Position = 0;
        await engine.S3.PutObjectAsync(new()
        {
            BucketName = engine.Function("").ArtifactBucket,
            Key = ArtifactKeys.Package(digest),
            InputStream = zip,
            AutoCloseStream = false,
        });
        return new(digest, zip.Length);
    }
}
