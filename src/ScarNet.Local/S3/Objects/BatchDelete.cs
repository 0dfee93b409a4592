using System.Xml;
using System.Xml.Linq;
using Microsoft.Data.Sqlite;
using ScarNet.Core.Iam;
using ScarNet.Local.Access;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Buckets;

namespace ScarNet.Local.S3.Objects;

/// <summary>DeleteObjects: up to 1,000 keys in one request, each with its own outcome.</summary>
internal sealed class BatchDelete(ObjectStore store, AwsPlace place)
{
    private const int Most = 1000;

    public async Task Delete(S3Request request)
    {
        var document = await Xml.Read(request.Context, "Delete");
        var wanted = document.Children("Object")
            .Select(o => new Wanted(o.Child("Key") ?? throw S3Errors.MalformedXml(), o.Child("VersionId"), o.Child("ETag")))
            .ToList();
        if (wanted.Count is 0 or > Most || wanted.Any(w => w.Key.Length == 0))
        {
            throw S3Errors.MalformedXml();
        }

        var quiet = document.Child("Quiet") == "true";
        var outcomes = await store.Commit(
            request.Bucket,
            (connection, bucket) => wanted.ConvertAll(one => DeleteOne(connection, bucket, one, request)),
            all => all.Select(o => o.Stored).OfType<Stored>(),
            request.Aborted);
        await Xml.Answer(request.Context, "DeleteResult", writer => outcomes.ForEach(outcome => Write(writer, outcome, quiet)));
    }

    private Outcome DeleteOne(SqliteConnection connection, Bucket bucket, Wanted wanted, S3Request request)
    {
        var condition = new WriteCondition(wanted.ETag, MustNotExist: false);
        try
        {
            S3Request.CheckKey(wanted.Key);
            Caller.Of(request.Context)?.Require(S3Actions.Delete(place, request.Bucket, wanted.Key, wanted.VersionId), Protocol.S3);
            return new Outcome(wanted, wanted.VersionId is { Length: > 0 } version
                ? store.DeleteVersion(connection, bucket, wanted.Key, version, condition, request.RequestId)
                : store.Delete(connection, bucket, wanted.Key, condition, request.RequestId));
        }
        catch (ApiException e)
        {
            return new Outcome(wanted, null, e);
        }
    }

    private static void Write(XmlWriter writer, Outcome outcome, bool quiet)
    {
        if (outcome.Error is { } error)
        {
            writer.Element("Error", e =>
            {
                e.Element("Key", outcome.Wanted.Key);
                e.Element("VersionId", outcome.Wanted.VersionId);
                e.Element("Code", error.Code);
                e.Element("Message", error.Message);
            });
        }
        else if (!quiet)
        {
            writer.Element("Deleted", d => WriteDeleted(d, outcome.Wanted, outcome.Stored!));
        }
    }

    private static void WriteDeleted(XmlWriter writer, Wanted wanted, Stored stored)
    {
        writer.Element("Key", wanted.Key);
        writer.Element("VersionId", wanted.VersionId);
        if (stored.IsMarker)
        {
            writer.Element("DeleteMarker", true);
            writer.Element("DeleteMarkerVersionId", stored.VersionId);
        }
    }

    private sealed record Wanted(string Key, string? VersionId, string? ETag);

    private sealed record Outcome(Wanted Wanted, Stored? Stored, ApiException? Error = null);
}
