using System.Buffers.Binary;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core.Checksums;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>Outputs whole and in parts, and the checksum that S3 keeps with them.</summary>
public sealed class SendingOutputs(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 << 20)]
    [InlineData((40 << 20) + 12_345)]
    public async Task CarriesTheChecksumOfTheWhole(int bytes)
    {
        var spec = engine.Function($"head -c {bytes} /dev/urandom > $TMP_OUTPUT_DIR/out");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put($"send/{bytes}", "x")));

        Assert.True(!answer.Failed, answer.Error);
        var request = new GetObjectRequest { BucketName = Outbox, Key = $"{spec.Function}/out", ChecksumMode = ChecksumMode.ENABLED };
        using var got = await engine.S3.GetObjectAsync(request, TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await got.ResponseStream.CopyToAsync(content, TestContext.Current.CancellationToken);
        var sum = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(sum, Crc.Crc64Nvme.Append(0, content.ToArray()));
        Assert.Equal(bytes, content.Length);
        Assert.Equal(Convert.ToBase64String(sum), got.ChecksumCRC64NVME);
        Assert.Equal(ChecksumType.FULL_OBJECT, got.ChecksumType);
    }

    [Fact]
    public async Task TellsWhyAnUploadFailedAlsoWhenItCannotBeAborted()
    {
        using var proxy = new RefusingProxy(request =>
            request.StartsWith("PUT ", StringComparison.Ordinal) && request.Contains("partNumber=", StringComparison.Ordinal) ? "no part today"
            : request.StartsWith("DELETE ", StringComparison.Ordinal) ? "no abort either"
            : null);
        var spec = engine.Function("head -c 20000000 /dev/zero > $TMP_OUTPUT_DIR/out");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, proxy.Environment);

        var answer = await sandbox.Handle(Event(await engine.Put("send/refused", "x")));
        var (_, log) = await sandbox.Stop();

        Assert.EndsWith("no part today", answer.Error, StringComparison.Ordinal);
        Assert.Contains("no abort either", log, StringComparison.Ordinal);
    }
}
