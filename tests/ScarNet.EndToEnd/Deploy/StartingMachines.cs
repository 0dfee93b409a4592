using System.Security.Cryptography;
using System.Text;
using Amazon.SecurityToken.Model;
using ScarNet.Cli.Deploy;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>What a machine's user data does, on this machine: below a directory, on a loop device, with the keys of a role of the engine.</summary>
public sealed class StartingMachines(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Bucket = "machines-artifacts";

    private static readonly byte[] supervisor = Encoding.UTF8.GetBytes("#!/bin/sh\necho supervisor\n" + new string('#', 100_000));

    private static string Sha256 => Convert.ToHexStringLower(SHA256.HashData(supervisor));

    [Fact]
    public async Task MountsTheScratchVolumeAndPutsTheSupervisorInPlace()
    {
        using var machine = new TemporaryDirectory();
        await Put(Sha256, supervisor);

        var (code, said) = await Start(machine, [$"{Bucket}/{Sha256}", $"{Bucket}/{new string('0', 64)}"], scratch: true);

        Assert.True(code == 0, said);
        var file = machine.Under($"opt/scarnet/{Sha256}/supervisor");
        Assert.Equal(supervisor, await File.ReadAllBytesAsync(file, Cancellation));
        Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherExecute));
        Assert.Contains($"{machine.Under("scratch")} is on ", said, StringComparison.Ordinal);
        Assert.Matches("MOUNTED:.* (xfs 1777|stand-in)", said);
        Assert.False(File.Exists(machine.Under("systemctl.log")), said);
        Assert.False(Directory.Exists(machine.Under($"opt/scarnet/{new string('0', 64)}")));
    }

    [Fact]
    public async Task LeavesTheVolumesOfOthersAlone()
    {
        using var machine = new TemporaryDirectory();
        await Put(Sha256, supervisor);

        var (code, said) = await Start(machine, [$"{Bucket}/{Sha256}"], scratch: true, format: true);

        Assert.Equal(1, code);
        Assert.Contains("no scratch volume: this machine takes no jobs", said, StringComparison.Ordinal);
        Assert.Equal("mask --now ecs\n", await File.ReadAllTextAsync(machine.Under("systemctl.log"), Cancellation));
    }

    [Fact]
    public async Task TakesNoSupervisorOfAnotherContent()
    {
        using var machine = new TemporaryDirectory();
        var digest = new string('a', 64);
        await Put(digest, supervisor);

        var (code, said) = await Start(machine, [$"{Bucket}/{digest}"]);

        Assert.Equal(1, code);
        Assert.Contains($"s3://{Bucket}/supervisor/{digest} is not what its name says", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(machine.Under("opt/scarnet")));
        Assert.Equal("mask --now ecs\n", await File.ReadAllTextAsync(machine.Under("systemctl.log"), Cancellation));
    }

    [Fact]
    public async Task NeedsItsOneStatement()
    {
        using var machine = new TemporaryDirectory();
        await Put(Sha256, supervisor);

        var (code, said) = await Start(machine, [$"{Bucket}/{Sha256}"], allowed: "elsewhere");

        Assert.Equal(1, code);
        Assert.Contains("403", said, StringComparison.Ordinal);
        Assert.Contains($"no supervisor from s3://{Bucket}/{Sha256}: this machine takes no jobs", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IsNothingThatShellCheckWouldTellOf()
    {
        var file = engine.WriteFile("machine.sh", Script("/root", [$"{Bucket}/{Sha256}"], true, "http://metadata").Text());

        var checkedIt = await Command.Run("shellcheck", ["--shell=bash", "--severity=style", file]);

        Assert.True(checkedIt.ExitCode == 0, checkedIt.Output);
    }

    [Fact]
    public void IsShortEnoughForUserData() => Assert.InRange(
        Script("", [.. Enumerable.Repeat($"{new string('b', 63)}/{Sha256}", MachineTemplate.MostSupervisors)], true, "http://169.254.169.254").UserData().Length, 1, MachineScript.MostBytes);

    private MachineScript Script(string root, IReadOnlyList<string> supervisors, bool scratch, string metadata) =>
        new(supervisors, scratch, engine.Engine.Region, engine.Engine.Endpoint.GetLeftPart(UriPartial.Authority)) { Root = root, Metadata = metadata, Pause = 0 };

    /// <summary>Runs it in a mount namespace of its own, so that nothing stays mounted.</summary>
    private async Task<(int ExitCode, string Said)> Start(
        TemporaryDirectory machine, IReadOnlyList<string> supervisors, bool scratch = false, bool format = false, string allowed = Bucket)
    {
        using var keys = await Keys(allowed);
        var script = Script(machine.Under(""), supervisors, scratch, keys.Address).Text();
        await File.WriteAllTextAsync(machine.Under("machine.sh"), script, Cancellation);
        Directory.CreateDirectory(machine.Under("bin"));
        Directory.CreateDirectory(machine.Under("dev"));
        Directory.CreateDirectory(machine.Under("etc"));
        await Tool(machine, "systemctl", $"echo \"$@\" >> '{machine.Under("systemctl.log")}'");
        var root = machine.Under("");
        var result = await Command.Run("unshare", ["--mount", "bash", "-c", $$"""
            set -u
            export PATH='{{root}}/bin':"$PATH"
            kind=xfs
            truncate -s 400M '{{root}}/volume'
            if device=$(losetup --find --show '{{root}}/volume' 2>/dev/null); then
                trap 'umount "{{root}}/scratch" 2>/dev/null; losetup --detach "$device"' EXIT
            else
                device='{{root}}/volume'
                kind=stand-in
                printf '#!/bin/sh\ntrue\n' | tee '{{root}}/bin/mount' > '{{root}}/bin/mountpoint'; chmod 755 '{{root}}/bin/mount' '{{root}}/bin/mountpoint'
            fi
            {{(format ? "mkfs.xfs -q \"$device\"" : ":")}}
            ln -s "$device" '{{root}}/dev/sdb'
            bash '{{root}}/machine.sh' 2>&1
            code=$?
            [ -d '{{root}}/scratch' ] && echo "MOUNTED: $(grep " {{root}}/scratch " /proc/self/mounts | cut -d' ' -f3) $kind $(stat -c %a '{{root}}/scratch')" | sed 's/xfs xfs/xfs/'
            exit $code
            """]);
        return (result.ExitCode, result.Output + result.Error);
    }

    private async Task<MachineMetadata> Keys(string allowed)
    {
        var role = "machine-" + Guid.NewGuid().ToString("N")[..8];
        var clients = new Deployment(engine).Clients;
        await clients.Iam.CreateRoleAsync(
            new()
            {
                RoleName = role,
                Path = "/scarnet/",
                AssumeRolePolicyDocument = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"sts:AssumeRole"}]}""",
            },
            Cancellation);
        await clients.Iam.PutRolePolicyAsync(
            new()
            {
                RoleName = role,
                PolicyName = "scarnet",
                PolicyDocument = $$"""{"Version":"2012-10-17","Statement":[{"Sid":"FetchSupervisor","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{allowed}}/supervisor/*"}]}""",
            },
            Cancellation);
        var session = (await clients.Sts.AssumeRoleAsync(
            new AssumeRoleRequest { RoleArn = $"arn:aws:iam::000000000000:role/scarnet/{role}", RoleSessionName = "i-0123456789abcdef0" }, Cancellation)).Credentials;
        return new(session.AccessKeyId, session.SecretAccessKey, session.SessionToken);
    }

    private async Task Put(string digest, byte[] content)
    {
        using var s3 = engine.NewS3();
        await s3.PutBucketAsync(Bucket, Cancellation);
        await s3.PutObjectAsync(new() { BucketName = Bucket, Key = $"supervisor/{digest}", InputStream = new MemoryStream(content) }, Cancellation);
    }

    private static async Task Tool(TemporaryDirectory machine, string name, string line)
    {
        await File.WriteAllTextAsync(machine.Under($"bin/{name}"), $"#!/bin/sh\n{line}\n", Cancellation);
        File.SetUnixFileMode(machine.Under($"bin/{name}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
