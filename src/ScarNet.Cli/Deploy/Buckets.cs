using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>Buckets: made when missing, adopted when they are there.</summary>
internal sealed class Buckets(Target target)
{
    /// <param name="bucket">The bucket.</param>
    /// <param name="reason">What it is for.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Step> Plan(string bucket, string reason, CancellationToken cancellation) =>
        await Exists(bucket, cancellation)
            ? new Step { Kind = StepKind.Keep, Resource = "bucket", Name = bucket, Reason = "exists" }
            : new Step
            {
                Kind = StepKind.Create,
                Resource = "bucket",
                Name = bucket,
                Reason = reason,
                Action = async (run, ct) =>
                {
                    await run.CreateOrAdopt(() => Create(bucket, ct), undo => Undo(bucket, run.Put, undo));
                    await new BucketProtection(target).Put(bucket, ct);
                },
            };

    /// <exception cref="ScarException">It belongs to somebody else, or lies in another region.</exception>
    public async Task<bool> Exists(string bucket, CancellationToken cancellation) => await Look(bucket, cancellation) switch
    {
        (_, { } refusal) => throw refusal,
        var (exists, _) => exists,
    };

    /// <summary>Looks at a bucket that functions have used: by now it can be gone, and its name taken by somebody else.</summary>
    /// <returns>Whether it is there to be changed; if not since it is not this account's any more, or not of this region, that.</returns>
    /// <exception cref="ScarException">It is this account's, and these credentials may not look at it.</exception>
    public async Task<(bool Exists, string? Lost)> Find(string bucket, CancellationToken cancellation)
    {
        var (exists, refusal) = await Look(bucket, cancellation);
        return refusal is null ? (exists, null) : await IsListed(bucket, cancellation) ? throw refusal : (false, refusal.Message);
    }

    // Only the account's own of this region are listed; who may not list them cannot have made one, either.
    private async Task<bool> IsListed(string bucket, CancellationToken cancellation)
    {
        try
        {
            var listed = await target.Clients.S3.ListBucketsAsync(new ListBucketsRequest { Prefix = bucket, BucketRegion = target.Region }, cancellation);
            return listed.Buckets?.Exists(one => one.BucketName == bucket) == true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            return false;
        }
    }

    private async Task<(bool Exists, ScarException? Refusal)> Look(string bucket, CancellationToken cancellation)
    {
        try
        {
            var head = await target.Clients.S3.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, cancellation);
            return head.BucketRegion is not { Length: > 0 } region || region == target.Region || target.IsEngine
                ? (true, null)
                : (false, Elsewhere(bucket, region));
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return (false, null);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            return (false, new($"bucket '{bucket}' belongs to another account, or this one may not use it", "choose another name"));
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect)
        {
            return (false, Elsewhere(bucket, "another region"));
        }
    }

    /// <summary>Takes the bucket away with every object and every version in it.</summary>
    public async Task Delete(string bucket, CancellationToken cancellation)
    {
        await foreach (var page in Versions(bucket, cancellation))
        {
            await DeleteObjects(bucket, page, cancellation);
        }

        await AbortUploads(bucket, cancellation);
        await target.Clients.S3.DeleteBucketAsync(bucket, cancellation);
    }

    /// <summary>Takes a bucket away that this run has made, with what the run has put there and nothing else.</summary>
    /// <exception cref="ScarException">Somebody else has put something there: all of it stays.</exception>
    private async Task Undo(string bucket, PutObjects put, CancellationToken cancellation)
    {
        try
        {
            if (put.AnyIn(bucket))
            {
                var pages = new List<List<S3ObjectVersion>>();
                await foreach (var page in Versions(bucket, cancellation))
                {
                    pages.Add(page.All(version => put.Contains(bucket, version.Key)) ? page : throw Used());
                }

                foreach (var page in pages)
                {
                    await DeleteObjects(bucket, page, cancellation);
                }
            }

            await target.Clients.S3.DeleteBucketAsync(bucket, cancellation);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchBucket")
        {
            // It never came to be.
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "BucketNotEmpty")
        {
            throw Used();
        }

        static ScarException Used() => new("somebody else has put something there");
    }

    private async IAsyncEnumerable<List<S3ObjectVersion>> Versions(string bucket, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListVersionsRequest { BucketName = bucket };
        ListVersionsResponse page;
        do
        {
            page = await target.Clients.S3.ListVersionsAsync(request, cancellation);
            if (page.Versions is { Count: > 0 } versions)
            {
                yield return versions;
            }

            request.KeyMarker = page.NextKeyMarker;
            request.VersionIdMarker = page.NextVersionIdMarker;
        }
        while (page.IsTruncated == true);
    }

    private Task<DeleteObjectsResponse> DeleteObjects(string bucket, List<S3ObjectVersion> versions, CancellationToken cancellation) => target.Clients.S3.DeleteObjectsAsync(
        new DeleteObjectsRequest
        {
            BucketName = bucket,
            Objects = [.. versions.Select(v => new KeyVersion { Key = v.Key, VersionId = v.VersionId })],
            Quiet = true,
        },
        cancellation);

    /// <summary>A bucket with an unfinished upload in it is not empty.</summary>
    private async Task AbortUploads(string bucket, CancellationToken cancellation)
    {
        var request = new ListMultipartUploadsRequest { BucketName = bucket };
        ListMultipartUploadsResponse page;
        do
        {
            page = await target.Clients.S3.ListMultipartUploadsAsync(request, cancellation);
            foreach (var upload in page.MultipartUploads ?? [])
            {
                await target.Clients.S3.AbortMultipartUploadAsync(bucket, upload.Key, upload.UploadId, cancellation);
            }

            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (page.IsTruncated == true);
    }

    private static ScarException Elsewhere(string bucket, string region) => new(
        $"bucket '{bucket}' lies in {region}",
        "S3 calls only functions of the bucket's own region: use that --region, or another bucket");

    /// <returns>Whether this run has made it. Of one that is there by now nobody can say: it stays.</returns>
    private async Task<bool> Create(string bucket, CancellationToken cancellation)
    {
        // us-east-1 answers a second time as it did the first.
        if (await Exists(bucket, cancellation))
        {
            return false;
        }

        // us-east-1 is the one region that a LocationConstraint must not name.
        var request = new PutBucketRequest { BucketName = bucket, UseClientRegion = false };
        if (target.Region != "us-east-1")
        {
            // BucketRegionName would send 'EU' for eu-west-1, as in 2007.
            request.PutBucketConfiguration = new() { LocationConstraint = new BucketLocationConstraint(target.Region) };
        }

        try
        {
            await target.Clients.S3.PutBucketAsync(request, cancellation);
            return true;
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "BucketAlreadyOwnedByYou")
        {
            return false; // another run was faster, or the answer to our own call was lost
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "BucketAlreadyExists")
        {
            throw new ScarException($"bucket name '{bucket}' is taken by another account", "choose another name");
        }
    }
}
