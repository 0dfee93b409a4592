using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Objects;

/// <summary>Tags and access control lists of objects.</summary>
internal sealed class ObjectTagging(Database database, BucketRows buckets, Owner owner)
{
    public Task Get(S3Request request)
    {
        var found = database.Read(connection => Find(connection, request));
        ShowVersion(request, found);
        return Xml.Answer(request.Context, "Tagging", writer => Tags.Write(writer, found.Row.Tags));
    }

    public async Task Put(S3Request request)
    {
        var tags = Tags.OfDocument(await Xml.Read(request.Context, "Tagging"), Tags.MostOnObject);
        await Set(request, tags, StatusCodes.Status200OK);
    }

    public Task Delete(S3Request request) => Set(request, null, StatusCodes.Status204NoContent);

    /// <summary>Everything belongs to its owner, and ACLs are off as in every bucket made since 2023.</summary>
    public Task GetAcl(S3Request request)
    {
        database.Read(connection => Find(connection, request));
        return Acl.Answer(request, owner);
    }

    public async Task PutAcl(S3Request request)
    {
        database.Read(connection => Find(connection, request));
        await Acl.Accept(request, owner);
    }

    private async Task Set(S3Request request, string? tags, int status)
    {
        var found = await database.Write(
            connection =>
            {
                var row = Find(connection, request);
                ObjectRows.SetTags(connection, row.Row, tags);
                return row;
            },
            request.Aborted);
        ShowVersion(request, found);
        await request.Done(status);
    }

    private FoundObject Find(SqliteConnection connection, S3Request request) =>
        FoundObject.Get(connection, buckets, request.Bucket, request.Key, request.VersionId, withContent: false);

    private static void ShowVersion(S3Request request, FoundObject found)
    {
        if (found.VersionId is { } version)
        {
            request.Response.Headers["x-amz-version-id"] = version;
        }
    }
}
