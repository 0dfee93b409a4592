using System.Buffers.Binary;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core.Checksums;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>Objects that come in pieces, several at once.</summary>
public sealed class FetchingLargeObjects(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    private const string Digest = "sha256sum < $INPUT_FILE_PATH | cut -d' ' -f1 | tr -d '\n' > $TMP_OUTPUT_DIR/digest";
    private const int Bytes = (40 << 20) + 12_345;

    [Theory]
    [InlineData("CRC64NVME")]
    [InlineData("CRC32C")]
    [InlineData("CRC32")]
    [InlineData("SHA256")] // cannot be put together from pieces, so it is not checked
    public async Task BringsThemWhole(string checksum)
    {
        var (spec, digest) = (engine.Function(Digest), await Put(checksum, checksum));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(await Event(checksum));

        Assert.True(!answer.Failed, answer.Error);
        Assert.Equal(digest, (await engine.Outputs(spec))["digest"]);
    }

    [Fact]
    public async Task AsksForTheRestOfAPieceThatBreaksOff()
    {
        using var proxy = new DamagingProxy(cut: true);
        var (spec, digest) = (engine.Function(Digest), await Put("cut", "CRC64NVME"));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, proxy.Environment);

        var answer = await sandbox.Handle(await Event("cut"));

        Assert.True(!answer.Failed, answer.Error);
        Assert.Equal(digest, (await engine.Outputs(spec))["digest"]);
    }

    [Theory]
    [InlineData("damaged", Bytes, "CRC64NVME", "arrived damaged: its checksum is ")]
    [InlineData("damaged-in-one", 1 << 20, "CRC64NVME", "arrived damaged: its checksum is ")]
    [InlineData("damaged-without", 1 << 20, "SHA256", "arrived damaged: its MD5 is ")] // its ETag is all there is to go by
    public async Task RefusesWhatArrivesDamaged(string name, int bytes, string checksum, string problem)
    {
        using var proxy = new DamagingProxy(cut: false);
        var spec = engine.Function(Digest);
        await Put(name, checksum, bytes);
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, proxy.Environment);

        var answer = await sandbox.Handle(await Event(name));

        Assert.True(answer.Failed);
        Assert.Contains($"'s3://inbox/large/{name}' {problem}", answer.Error);
        var run = Assert.Single(await engine.Runs(spec));
        Assert.Equal(194, run.ExitCode);
        Assert.Empty(await engine.Outputs(spec));
    }

    /// <returns>The SHA-256 of what was put.</returns>
    private async Task<string> Put(string name, string checksum, int bytes = Bytes)
    {
        var content = new byte[bytes];
        new Random(name.Length).NextBytes(content);
        var request = new PutObjectRequest { BucketName = Inbox, Key = "large/" + name, InputStream = new MemoryStream(content) };
        switch (checksum)
        {
            case "CRC64NVME": // the SDK does not compute this one, nor the next
                var sum = new byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64BigEndian(sum, Crc.Crc64Nvme.Append(0, content));
                request.ChecksumCRC64NVME = Convert.ToBase64String(sum);
                break;
            case "CRC32C":
                sum = new byte[sizeof(uint)];
                BinaryPrimitives.WriteUInt32BigEndian(sum, (uint)Crc.Crc32C.Append(0, content));
                request.ChecksumCRC32C = Convert.ToBase64String(sum);
                break;
            default:
                request.ChecksumAlgorithm = ChecksumAlgorithm.FindValue(checksum);
                break;
        }

        await engine.S3.PutObjectAsync(request, TestContext.Current.CancellationToken);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private async Task<string> Event(string name)
    {
        var head = await engine.S3.GetObjectMetadataAsync(Inbox, "large/" + name, TestContext.Current.CancellationToken);
        return SupervisorFixture.Event(Record("large/" + name, head.ETag.Trim('"'), head.ContentLength));
    }
}
