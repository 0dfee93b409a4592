using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Foundation;

/// <summary>The job-state function's zip in the artifact bucket: the supervisor and nothing else.</summary>
/// <param name="Key">Ends in the digest of the supervisor.</param>
/// <param name="Supervisor">The binary.</param>
internal sealed record FoundationCode(string Key, SupervisorBinary Supervisor)
{
    /// <summary>Name of the function.</summary>
    public const string Function = "scarnet-job-state";

    public static async Task<FoundationCode> Of(string supervisor, CancellationToken cancellation)
    {
        var binary = await SupervisorBinary.Read(supervisor, cancellation);
        return new(ArtifactKeys.Code(Function, binary.Sha256), binary);
    }

    /// <summary>Puts it there when it is not.</summary>
    public async Task Put(IAmazonS3 s3, string bucket, CancellationToken cancellation)
    {
        try
        {
            await s3.GetObjectMetadataAsync(bucket, Key, cancellation);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            await using var zip = FunctionPackage.Build(Supervisor, null);
            await s3.PutObjectAsync(
                new PutObjectRequest { BucketName = bucket, Key = Key, InputStream = zip, AutoCloseStream = false }, cancellation);
        }
    }
}
