using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.S3;
using ScarNet.Local.S3.Objects;

namespace ScarNet.Local.Access;

/// <summary>
/// What the operations of S3 ask for. Source: docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
/// </summary>
internal sealed class S3Actions(AwsPlace place)
{
    private static readonly Dictionary<string, (string Get, string Put)> BucketSettings = new(StringComparer.Ordinal)
    {
        ["location"] = ("GetBucketLocation", ""),
        ["versioning"] = ("GetBucketVersioning", "PutBucketVersioning"),
        ["notification"] = ("GetBucketNotification", "PutBucketNotification"),
        ["tagging"] = ("GetBucketTagging", "PutBucketTagging"),
        ["acl"] = ("GetBucketAcl", "PutBucketAcl"),
        ["publicAccessBlock"] = ("GetBucketPublicAccessBlock", "PutBucketPublicAccessBlock"),
        ["encryption"] = ("GetEncryptionConfiguration", "PutEncryptionConfiguration"),
        ["lifecycle"] = ("GetLifecycleConfiguration", "PutLifecycleConfiguration"),
        ["ownershipControls"] = ("GetBucketOwnershipControls", "PutBucketOwnershipControls"),
        ["cors"] = ("GetBucketCORS", "PutBucketCORS"),
        ["policy"] = ("GetBucketPolicy", "PutBucketPolicy"),
        ["website"] = ("GetBucketWebsite", "PutBucketWebsite"),
        ["replication"] = ("GetReplicationConfiguration", "PutReplicationConfiguration"),
        ["object-lock"] = ("GetBucketObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
        ["requestPayment"] = ("GetBucketRequestPayment", "PutBucketRequestPayment"),
        ["accelerate"] = ("GetAccelerateConfiguration", "PutAccelerateConfiguration"),
        ["logging"] = ("GetBucketLogging", "PutBucketLogging"),
        ["policyStatus"] = ("GetBucketPolicyStatus", ""),
    };

    /// <exception cref="Http.ApiException">The engine has no such operation.</exception>
    public IEnumerable<AccessRequest> Of(HttpContext context)
    {
        var request = S3Request.Of(context);
        return request.Bucket.Length == 0 ? [new("s3:ListAllMyBuckets", place.Bucket("*"))]
            : request.Key.Length == 0 ? OfBucket(request)
            : OfObject(request);
    }

    /// <summary>What S3 asks for before it says that a key does not exist.</summary>
    public static AccessRequest List(AwsPlace place, string bucket) => new("s3:ListBucket", place.Bucket(bucket));

    /// <summary>One key of a DeleteObjects.</summary>
    public static AccessRequest Delete(AwsPlace place, string bucket, string key, string? version) =>
        Versioned(new(version is { Length: > 0 } ? "s3:DeleteObjectVersion" : "s3:DeleteObject", place.Objects(bucket, key)), version);

    private IEnumerable<AccessRequest> OfBucket(S3Request request)
    {
        // As the service does it: the first name that stands for an operation.
        foreach (var (name, _) in request.Query)
        {
            switch (name, request.Method)
            {
                case ("versions", "GET"):
                    return [Listing(request, "s3:ListBucketVersions")];
                case ("uploads", "GET"):
                    return [Listing(request, "s3:ListBucketMultipartUploads")];
                case ("delete", "POST"):
                    return []; // each key is asked for on its own
                case (_, "GET" or "PUT" or "DELETE") when BucketSettings.TryGetValue(name, out var actions):
                    return [Bucket(request, request.Method == "GET" ? actions.Get : actions.Put)];
                default:
                    Unsupported.Refuse(name, request.Method);
                    break;
            }
        }

        return request.Method switch
        {
            "GET" => [Listing(request, "s3:ListBucket")],
            "HEAD" => [Bucket(request, "ListBucket")],
            "PUT" => [Bucket(request, "CreateBucket")],
            "DELETE" => [Bucket(request, "DeleteBucket")],
            _ => throw S3Errors.MethodNotAllowed(request.Method, "BUCKET"),
        };
    }

    private IEnumerable<AccessRequest> OfObject(S3Request request)
    {
        if (request.Query.Has("uploadId"))
        {
            return request.Method switch
            {
                "PUT" => [Object(request, "PutObject"), .. Source(request)],
                "POST" => [Object(request, "PutObject")],
                "GET" => [Object(request, "ListMultipartUploadParts")],
                "DELETE" => [Object(request, "AbortMultipartUpload")],
                _ => throw S3Errors.MethodNotAllowed(request.Method, "UPLOAD"),
            };
        }

        var ofVersion = request.VersionId is null ? "" : "Version";
        foreach (var (name, _) in request.Query)
        {
            switch (name, request.Method)
            {
                case ("uploads", "POST"):
                    return [.. Write(request), .. Key(request, KmsActions.Decrypt)]; // its parts are put together again
                case ("tagging", "GET"):
                    return [Object(request, $"GetObject{ofVersion}Tagging")];
                case ("tagging", "PUT"):
                    return [Object(request, $"PutObject{ofVersion}Tagging")];
                case ("tagging", "DELETE"):
                    return [Object(request, $"DeleteObject{ofVersion}Tagging")];
                case ("acl", "GET"):
                    return [Object(request, $"GetObject{ofVersion}Acl")];
                case ("acl", "PUT"):
                    return [Object(request, $"PutObject{ofVersion}Acl")];
                default:
                    Unsupported.Refuse(name, request.Method);
                    break;
            }
        }

        return request.Method switch
        {
            "GET" or "HEAD" => [Object(request, $"GetObject{ofVersion}")],
            "PUT" => [.. Write(request), .. Source(request)],
            "DELETE" => [Delete(place, request.Bucket, request.Key, request.VersionId)],
            _ => throw S3Errors.MethodNotAllowed(request.Method, "OBJECT"),
        };
    }

    private IEnumerable<AccessRequest> Write(S3Request request)
    {
        yield return Object(request, "PutObject");
        if (request.Headers["x-amz-tagging"].ToString().Length > 0)
        {
            yield return Object(request, "PutObjectTagging");
        }

        if (request.Headers.ContainsKey("x-amz-acl"))
        {
            yield return Object(request, "PutObjectAcl");
        }

        foreach (var use in Key(request, KmsActions.GenerateDataKey))
        {
            yield return use;
        }
    }

    // Source: docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    private IEnumerable<AccessRequest> Key(S3Request request, string action) => KmsActions.Use(place, request.Headers[StoredHeaders.Encryption[1]], action);

    private IEnumerable<AccessRequest> Source(S3Request request)
    {
        if (request.Headers["x-amz-copy-source"].ToString() is { Length: > 0 } header)
        {
            var source = CopySource.Parse(header);
            yield return Versioned(
                new(source.VersionId is null ? "s3:GetObject" : "s3:GetObjectVersion", place.Objects(source.Bucket, source.Key)), source.VersionId);
        }
    }

    private AccessRequest Bucket(S3Request request, string action) => new($"s3:{action}", place.Bucket(request.Bucket));

    private AccessRequest Object(S3Request request, string action)
    {
        var context = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var header in (ReadOnlySpan<string>)["x-amz-acl", "x-amz-storage-class", "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id", "x-amz-copy-source"])
        {
            if (request.Headers[header].ToString() is { Length: > 0 } value)
            {
                context[$"s3:{header}"] = [value];
            }
        }

        return Versioned(new($"s3:{action}", place.Objects(request.Bucket, request.Key)) { Context = context }, request.VersionId);
    }

    private AccessRequest Listing(S3Request request, string action)
    {
        var context = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var name in (ReadOnlySpan<string>)["prefix", "delimiter", "max-keys"])
        {
            if (request.Query[name] is { } value)
            {
                context[$"s3:{name}"] = [value];
            }
        }

        return new(action, place.Bucket(request.Bucket)) { Context = context };
    }

    private static AccessRequest Versioned(AccessRequest request, string? version) => version is not { Length: > 0 }
        ? request
        : request with { Context = new Dictionary<string, IReadOnlyList<string>>(request.Context) { ["s3:VersionId"] = [version] } };
}
