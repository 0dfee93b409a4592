using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace ScarNet.Supervisor.Storage;

/// <summary>HeadObject. The answer to a HEAD has no body, so what was refused is said here.</summary>
internal static class ObjectHead
{
    /// <exception cref="AmazonS3Exception">As S3 gives it; of a refusal the message says what the role would have to allow.</exception>
    public static async Task<GetObjectMetadataResponse> Head(this IAmazonS3 s3, string bucket, string key, CancellationToken cancellation)
    {
        try
        {
            return await s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = key }, cancellation);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            throw new AmazonS3Exception(
                $"Access Denied to look at 's3://{bucket}/{key}': it takes s3:GetObject on the object, and where there is none s3:ListBucket on the bucket",
                e,
                e.ErrorType,
                e.ErrorCode,
                e.RequestId,
                e.StatusCode);
        }
    }
}
