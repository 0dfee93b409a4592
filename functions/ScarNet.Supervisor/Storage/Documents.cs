using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core.Jobs;
using ScarNet.Core.Transfers;

namespace ScarNet.Supervisor.Storage;

/// <summary>Small JSON objects of the artifact bucket, written under conditions.</summary>
internal sealed class Documents(IAmazonS3 s3, string bucket)
{
    private const int MaxConflicts = 8;
    private const int MaxReads = 3;

    /// <summary>Writes a document where there is none.</summary>
    /// <returns>Its ETag; null when there is one already.</returns>
    public Task<string?> Create<T>(string key, T content, JsonTypeInfo<T> shape, CancellationToken cancellation) =>
        Put(key, Serialize(content, shape), request => request.IfNoneMatch = "*", cancellation);

    /// <summary>Writes a document over the one that was read.</summary>
    /// <returns>Its ETag; null when it is no longer the one that was read.</returns>
    public Task<string?> Replace<T>(string key, T content, JsonTypeInfo<T> shape, string etag, CancellationToken cancellation) =>
        Put(key, Serialize(content, shape), request => request.IfMatch = etag, cancellation);

    /// <summary>Writes a document whatever is there.</summary>
    public Task Write<T>(string key, T content, JsonTypeInfo<T> shape, CancellationToken cancellation) =>
        Put(key, Serialize(content, shape), _ => { }, cancellation);

    /// <summary>Writes bytes under the key that their digest makes.</summary>
    public Task Write(Offload.Upload upload, CancellationToken cancellation) =>
        Put(upload.Key, upload.Content.ToArray(), _ => { }, cancellation);

    /// <returns>Null when there is none.</returns>
    public Task<(T Content, string ETag)?> Read<T>(string key, JsonTypeInfo<T> shape, CancellationToken cancellation)
        where T : class =>
        Get<(T, string)>(
            key,
            async response =>
            {
                var content = await JsonSerializer.DeserializeAsync(Silence.Guard(response.ResponseStream), shape, cancellation);
                return (content ?? throw new JsonException($"'s3://{bucket}/{key}' is null"), response.ETag);
            },
            cancellation);

    /// <returns>Null when there is none.</returns>
    public async Task<byte[]?> ReadBytes(string key, CancellationToken cancellation) =>
        (await Get<(byte[] Bytes, int)>(
            key,
            async response =>
            {
                using var bytes = new MemoryStream();
                await Silence.Guard(response.ResponseStream).CopyToAsync(bytes, cancellation);
                return (bytes.ToArray(), 0);
            },
            cancellation))?.Bytes;

    private async Task<T?> Get<T>(string key, Func<GetObjectResponse, Task<T>> read, CancellationToken cancellation)
        where T : struct
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await s3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key }, cancellation);
                return await read(response);
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
            {
                return null;
            }
            catch (Exception e) when (attempt < MaxReads && Download.IsBrokenTransfer(e))
            {
                // The SDK's own retries end with the answer's head.
            }
        }
    }

    private static byte[] Serialize<T>(T content, JsonTypeInfo<T> shape) => JsonSerializer.SerializeToUtf8Bytes(content, shape);

    private async Task<string?> Put(string key, byte[] bytes, Action<PutObjectRequest> condition, CancellationToken cancellation)
    {
        for (var conflicts = 1; ; conflicts++)
        {
            using var body = new MemoryStream(bytes, writable: false);
            var request = new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                InputStream = body,
                ContentType = "application/json",
                UseChunkEncoding = false,
            };
            condition(request);
            try
            {
                return (await s3.PutObjectAsync(request, cancellation)).ETag;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return null;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && request.IfMatch is not null)
            {
                return null; // deleted since it was read
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Conflict && conflicts < MaxConflicts)
            {
                // ConditionalRequestConflict: another conditional write of the key is under way. Source: API_PutObject.html
                await Task.Delay(Jitter(conflicts), cancellation);
            }
        }
    }

#pragma warning disable CA5394 // it spreads retries in time, no secret
    private static TimeSpan Jitter(int conflicts) => TimeSpan.FromMilliseconds(Random.Shared.Next(10, 50 << conflicts));
#pragma warning restore CA5394
}
