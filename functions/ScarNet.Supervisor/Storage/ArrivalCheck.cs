using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>Holds an object that arrives from beginning to end against S3's checksum of it, or else against its ETag where that is its MD5.</summary>
internal sealed class ArrivalCheck : IDisposable
{
    private const int MD5Digits = 32;

    private ObjectCheck? check;
    private IncrementalHash? md5;
    private string etag = "";
    private ulong sum;

    /// <summary>Starts anew.</summary>
    /// <param name="response">The answer to a request for all of the object.</param>
    public void Expect(GetObjectResponse response)
    {
        md5?.Dispose();
        sum = 0;
        check = ObjectCheck.Of(response);
        etag = response.ETag?.Trim('"') ?? "";
        md5 = check is null && IsMD5(response, etag) ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
    }

    /// <param name="bytes">What arrived after what was appended before.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        sum = check?.Crc.Append(sum, bytes) ?? 0;
        md5?.AppendData(bytes);
    }

    /// <exception cref="RunFailure">What arrived is not what S3 stored.</exception>
    public void Verify(ObjectPath address)
    {
        check?.Verify(sum, address);
        if (md5 is not null && Convert.ToHexStringLower(md5.GetHashAndReset()) is var arrived && !arrived.Equals(etag, StringComparison.OrdinalIgnoreCase))
        {
            throw new RunFailure(ExitCodes.DownloadFailed, $"'{address}' arrived damaged: its MD5 is {arrived}, and S3 stored {etag}");
        }
    }

    public void Dispose() => md5?.Dispose();

    // Of an object in parts, one under a key of KMS or of the caller, or in a directory bucket the ETag is something else.
    private static bool IsMD5(GetObjectResponse response, string etag) =>
        etag.Length == MD5Digits
        && etag.All(char.IsAsciiHexDigit)
        && string.IsNullOrEmpty(response.ServerSideEncryptionKeyManagementServiceKeyId)
        && (response.ServerSideEncryptionCustomerMethod is null || response.ServerSideEncryptionCustomerMethod == ServerSideEncryptionCustomerMethod.None)
        && !response.BucketName.EndsWith("--x-s3", StringComparison.Ordinal);
}
