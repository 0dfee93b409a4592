using Amazon.Runtime.Internal.Util;
using Amazon.S3;
using Amazon.S3.Model;

namespace ScarNet.Aws.S3;

/// <summary>GetObject for who holds the content against S3's checksums himself.</summary>
public static class ObjectContents
{
    /// <summary>
    /// Fetches an object, its content as it comes from the connection. The SDK would compare the MD5 of each object that is read to its end, in
    /// managed code that leaves more garbage than the object has bytes.
    /// </summary>
    /// <exception cref="AmazonS3Exception">As GetObjectAsync.</exception>
    public static async Task<GetObjectResponse> GetUnchecked(this IAmazonS3 s3, GetObjectRequest request, CancellationToken cancellation)
    {
        if (s3 is DirectS3Client direct && await direct.TryGet(request, cancellation) is { } found)
        {
            return found;
        }

        var response = await s3.GetObjectAsync(request, cancellation);
        if (response.ResponseStream is WrapperStream wrapper)
        {
            response.ResponseStream = wrapper.GetNonWrapperBaseStream();
        }

        return response;
    }
}
