using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ScarNet.Cli.Deploy;

namespace ScarNet.Tests.Deploy;

/// <summary>What a machine's user data does where the machine's programs fail, each of which has a stand-in.</summary>
public sealed class PreparingMachines : IDisposable
{
    private const string Newest = "newest";
    private const string Older = "older";

    private readonly string root = Directory.CreateTempSubdirectory("scarnet-machine-").FullName;

    public PreparingMachines()
    {
        foreach (var directory in new[] { "bin", "dev", "etc", "s3" })
        {
            Directory.CreateDirectory(At(directory));
        }

        File.WriteAllText(At("dev/sdb"), "");
        Tool("systemctl", $"echo \"$@\" >> '{root}/systemctl.log'");
        Tool("lsblk", "echo sdb");
        Tool("blkid", "case \"$*\" in *--match-tag*) echo 1234-5678 ;; *) exit 2 ;; esac");
        Tool("mkfs.xfs", "true");
        Tool("mount", $"touch '{root}/mounted'");
        Tool("mountpoint", $"[ -e '{root}/mounted' ]");
        // An object is a file; as long as its .fails has bytes, each request takes one away and fails.
        Tool("curl", $$"""
            for url; do :; done
            while [ $# -gt 0 ]; do [ "$1" = --output ] && output=$2; shift; done
            case "$url" in
                */api/token) echo token ;;
                */security-credentials/) echo role ;;
                */security-credentials/role) echo '{"AccessKeyId" : "a", "SecretAccessKey" : "b", "Token" : "c"}' ;;
                *)
                    object="{{root}}/s3${url#http://storage}"
                    echo "$object" >> '{{root}}/curl.log'
                    if [ -s "$object.fails" ]; then
                        truncate -s -1 "$object.fails"
                        echo half > "$output"
                        exit 22
                    fi
                    cp "$object" "$output" 2>/dev/null || exit 22 ;;
            esac
            """);
    }

    [Theory]
    [InlineData("mkfs.xfs")]
    [InlineData("mount")]
    [InlineData("mountpoint")]
    [InlineData("chmod")]
    public void TakesNoJobsWithoutItsScratchVolume(string fails)
    {
        var supervisor = Put("artifacts", Newest);
        Tool(fails, "exit 1");

        var (code, said) = Start([supervisor]);

        Assert.True(code == 1, said);
        Assert.Contains("no scratch volume: this machine takes no jobs", said, StringComparison.Ordinal);
        Assert.Equal("mask --now ecs\n", File.ReadAllText(At("systemctl.log")));
    }

    [Fact]
    public void TakesNoJobsWhenItsVolumeHasNoName()
    {
        var supervisor = Put("artifacts", Newest);
        Tool("blkid", "exit 2");

        var (code, said) = Start([supervisor]);

        Assert.True(code == 1, said);
        Assert.DoesNotContain("UUID", File.Exists(At("etc/fstab")) ? File.ReadAllText(At("etc/fstab")) : "", StringComparison.Ordinal);
    }

    [Fact]
    public void HasWhatJobsNeed()
    {
        var supervisor = Put("artifacts", Newest);

        var (code, said) = Start([supervisor]);

        Assert.True(code == 0, said);
        Assert.Equal($"UUID=1234-5678 {root}/scratch xfs noatime,nofail 0 2\n", File.ReadAllText(At("etc/fstab")));
        Assert.Equal(Newest, File.ReadAllText(Placed(Newest)));
        Assert.False(File.Exists(At("systemctl.log")));
    }

    [Fact]
    public void TakesTheSupervisorFromAnyBucketThatHasIt()
    {
        var (hidden, readable) = ($"data-deploy/{Digest(Newest)}", Put("scarnet-artifacts", Newest));

        var (code, said) = Start([hidden, readable]);

        Assert.True(code == 0, said);
        Assert.Contains($"s3://data-deploy/supervisor/{Digest(Newest)} cannot be fetched", said, StringComparison.Ordinal);
        Assert.Equal(Newest, File.ReadAllText(Placed(Newest)));
        Assert.Equal(2, File.ReadAllLines(At("curl.log")).Length);
    }

    [Fact]
    public void TakesNoJobsWhenNoBucketHasTheFirst()
    {
        var older = Put("artifacts", Older);

        var (code, said) = Start([$"artifacts/{Digest(Newest)}", older]);

        Assert.True(code == 1, said);
        Assert.Contains($"no supervisor from s3://artifacts/{Digest(Newest)}: this machine takes no jobs", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(Placed(Newest))));
    }

    [Fact]
    public void TriesOlderSupervisorsAgainToo()
    {
        string[] supervisors = [Put("artifacts", Newest), Put("artifacts", Older, failures: 3)];

        var (code, said) = Start(supervisors);

        Assert.True(code == 0, said);
        Assert.Equal(Older, File.ReadAllText(Placed(Older)));
        Assert.Equal(5, File.ReadAllLines(At("curl.log")).Length);
    }

    [Fact]
    public void LeavesNothingOfAnOlderSupervisorThatIsNotThere()
    {
        string[] supervisors = [Put("artifacts", Newest), Put("artifacts", Older, failures: 6)];

        var (code, said) = Start(supervisors);

        Assert.True(code == 0, said);
        Assert.Equal([Digest(Newest)], Directory.GetFileSystemEntries(At("opt/scarnet")).Select(Path.GetFileName));
        Assert.False(File.Exists(At("systemctl.log")));
    }

    [Fact]
    public void LeavesNothingOfASupervisorThatCannotBeMoved()
    {
        var supervisor = Put("artifacts", Newest);
        Tool("mv", "exit 1");

        var (code, said) = Start([supervisor]);

        Assert.True(code == 1, said);
        Assert.Empty(Directory.GetFileSystemEntries(At("opt/scarnet")));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private (int Code, string Said) Start(IReadOnlyList<string> supervisors)
    {
        var script = new MachineScript(supervisors, true, "eu-central-1", "http://storage") { Root = root, Metadata = "http://metadata", Pause = 0 };
        File.WriteAllText(At("machine.sh"), script.Text());
        using var process = Process.Start(new ProcessStartInfo("/bin/bash", [At("machine.sh")])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            Environment = { ["PATH"] = $"{At("bin")}:{Environment.GetEnvironmentVariable("PATH")}" },
        })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    /// <returns><c>bucket/sha256</c>.</returns>
    private string Put(string bucket, string content, int failures = 0)
    {
        var directory = Directory.CreateDirectory(At($"s3/{bucket}/supervisor")).FullName;
        File.WriteAllText(Path.Join(directory, Digest(content)), content);
        File.WriteAllText(Path.Join(directory, Digest(content) + ".fails"), new string('x', failures));
        return $"{bucket}/{Digest(content)}";
    }

    private void Tool(string name, string script)
    {
        File.WriteAllText(At($"bin/{name}"), $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(At($"bin/{name}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string At(string path) => Path.Join(root, path);

    private string Placed(string content) => At($"opt/scarnet/{Digest(content)}/supervisor");

    private static string Digest(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
