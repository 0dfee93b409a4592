namespace ScarNet.Local.Http.Payloads;

/// <summary>What x-amz-content-sha256 may say instead of a hash. Source: docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html</summary>
internal static class PayloadWords
{
    public const string Unsigned = "UNSIGNED-PAYLOAD";
    public const string SignedChunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    public const string SignedChunksTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    public const string UnsignedChunksTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
}
