using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Objects;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Buckets;

/// <summary>Configurations of a bucket that are kept and given back, and change nothing here; and the truth about those that cannot be set.</summary>
internal sealed class BucketConfigurations(Database database, BucketRows buckets, Owner owner)
{
    private static readonly Kind[] Kept =
    [
        new("publicAccessBlock", "PublicAccessBlockConfiguration", "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"),
        new("encryption", "ServerSideEncryptionConfiguration", "ServerSideEncryptionConfigurationNotFoundError", "The server side encryption configuration was not found"),
        new("lifecycle", "LifecycleConfiguration", "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
        new("ownershipControls", "OwnershipControls", "OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
        new("cors", "CORSConfiguration", "NoSuchCORSConfiguration", "The CORS configuration does not exist"),
    ];

    /// <summary>What is asked for and is never there.</summary>
    private static readonly Kind[] Absent =
    [
        new("policy", "", "NoSuchBucketPolicy", "The bucket policy does not exist"),
        new("website", "", "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
        new("replication", "", "ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
        new("object-lock", "", "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"),
    ];

    /// <summary>What is asked for and is always the same.</summary>
    private static readonly (string Name, string Root, string Element, string? Value)[] Constant =
    [
        ("requestPayment", "RequestPaymentConfiguration", "Payer", "BucketOwner"),
        ("accelerate", "AccelerateConfiguration", "Status", null),
        ("logging", "BucketLoggingStatus", "LoggingEnabled", null),
        ("policyStatus", "PolicyStatus", "IsPublic", "FALSE"),
    ];

    /// <summary>Whether this class answers for a sub-resource.</summary>
    public static bool Has(string name) =>
        name is "tagging" or "acl"
        || Array.Exists(Kept, k => k.Name == name)
        || Array.Exists(Absent, k => k.Name == name)
        || Array.Exists(Constant, c => c.Name == name);

    public Task Handle(S3Request request, string name) => (name, request.Method) switch
    {
        ("tagging", "GET") => GetTags(request),
        ("tagging", "PUT") => PutTags(request),
        ("tagging", "DELETE") => Set(request, name, null),
        ("acl", "GET") => GetAcl(request),
        ("acl", "PUT") => PutAcl(request),
        (_, "GET") => Get(request, name),
        (_, "PUT") when Array.Find(Kept, k => k.Name == name) is { } kind => Put(request, kind),
        (_, "DELETE") when Array.Exists(Kept, k => k.Name == name) => Set(request, name, null),
        _ => throw S3Errors.NotImplemented($"{request.Method} of a bucket's {name}"),
    };

    private async Task Get(S3Request request, string name)
    {
        if (Array.Find(Constant, c => c.Name == name) is { Root: { } root } constant)
        {
            database.Read(connection => Find(connection, request));
            await Xml.Answer(
                request.Context, root, writer => writer.Element(constant.Element, constant.Value));
            return;
        }

        var kind = Array.Find(Kept, k => k.Name == name) ?? Array.Find(Absent, k => k.Name == name)!;
        var document = database.Read(connection => BucketRows.Configuration(connection, Find(connection, request), name))
            ?? BucketProtection.WhenNothingIsSet(name)
            ?? throw S3Errors.Missing(kind.Code, kind.Message, request.Bucket);
        request.Response.ContentType = "application/xml";
        await request.Response.WriteAsync(document, request.Aborted);
    }

    private async Task Put(S3Request request, Kind kind)
    {
        var document = await Xml.Read(request.Context, kind.Root);
        BucketProtection.Accept(kind.Name, document);
        await Set(request, kind.Name, document.ToString(SaveOptions.DisableFormatting), StatusCodes.Status200OK);
    }

    private Task GetTags(S3Request request)
    {
        var tags = database.Read(connection => BucketRows.Configuration(connection, Find(connection, request), "tagging"))
            ?? throw S3Errors.Missing("NoSuchTagSet", "The TagSet does not exist", request.Bucket);
        return Xml.Answer(request.Context, "Tagging", writer => Tags.Write(writer, tags));
    }

    private async Task PutTags(S3Request request)
    {
        var tags = Tags.OfDocument(await Xml.Read(request.Context, "Tagging"), Tags.MostOnBucket);
        await Set(request, "tagging", tags);
    }

    private Task GetAcl(S3Request request)
    {
        database.Read(connection => Find(connection, request));
        return Acl.Answer(request, owner);
    }

    private Task PutAcl(S3Request request)
    {
        database.Read(connection => Find(connection, request));
        return Acl.Accept(request, owner);
    }

    private async Task Set(S3Request request, string name, string? document, int status = StatusCodes.Status204NoContent)
    {
        await database.Write(
            connection => BucketRows.SetConfiguration(connection, Find(connection, request), name, document), request.Aborted);
        await request.Done(status);
    }

    private Bucket Find(SqliteConnection connection, S3Request request) => buckets.Get(connection, request.Bucket);

    /// <param name="Name">The query parameter.</param>
    /// <param name="Root">Of its document.</param>
    /// <param name="Code">The error when there is none.</param>
    /// <param name="Message">Of that error.</param>
    private sealed record Kind(string Name, string Root, string Code, string Message);
}
