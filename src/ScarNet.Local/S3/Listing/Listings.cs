using System.Text;
using System.Xml;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Objects;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Listing;

/// <summary>ListObjects, ListObjectsV2 and ListObjectVersions.</summary>
internal sealed class Listings(Database database, BucketRows buckets, Owner owner)
{
    public Task Objects(S3Request request)
    {
        var query = ListQuery.Of(request, request.Query["marker"]);
        var page = Read(request, (connection, bucket) => CurrentObjects.List(connection, bucket, query));
        var names = KeyNames.Of(request);
        return Xml.Answer(request.Context, "ListBucketResult", writer =>
        {
            WriteHead(writer, request, names, query);
            writer.Element("Marker", names.Encode(request.Query["marker"] ?? ""));
            if (page.IsTruncated && query.Delimiter.Length > 0)
            {
                writer.Element("NextMarker", names.Encode(page.Last));
            }

            WritePage(writer, page, names, withOwner: true);
        });
    }

    public Task ObjectsV2(S3Request request)
    {
        var token = request.Query["continuation-token"];
        var query = ListQuery.Of(request, token is null ? request.Query["start-after"] : ReadToken(token));
        var page = Read(request, (connection, bucket) => CurrentObjects.List(connection, bucket, query));
        var names = KeyNames.Of(request);
        return Xml.Answer(request.Context, "ListBucketResult", writer =>
        {
            WriteHead(writer, request, names, query);
            writer.Element("KeyCount", page.Count);
            writer.Element("ContinuationToken", token);
            writer.Element("NextContinuationToken", page.IsTruncated ? Convert.ToBase64String(page.Last) : null);
            writer.Element("StartAfter", request.Query["start-after"] is { } after ? names.Encode(after) : null);
            WritePage(writer, page, names, withOwner: request.Query["fetch-owner"] == "true");
        });
    }

    public Task Versions(S3Request request)
    {
        var keyMarker = request.Query["key-marker"] ?? "";
        var versionMarker = request.Query["version-id-marker"] ?? "";
        if (versionMarker.Length > 0 && keyMarker.Length == 0)
        {
            throw S3Errors.Invalid("A version-id marker cannot be specified without a key marker.", "version-id-marker", versionMarker);
        }

        var query = ListQuery.Of(request, keyMarker);
        var page = Read(request, (connection, bucket) =>
        {
            var shown = versionMarker.Length == 0 ? null : ObjectRows.Version(connection, bucket, keyMarker, versionMarker);
            var from = shown is null ? query : query with { From = Encoding.UTF8.GetBytes(keyMarker) };
            return ObjectVersions.List(connection, bucket, from, shown?.Id);
        });
        var names = KeyNames.Of(request);
        return Xml.Answer(request.Context, "ListVersionsResult", writer =>
        {
            WriteHead(writer, request, names, query);
            writer.Element("KeyMarker", names.Encode(keyMarker));
            writer.Element("VersionIdMarker", versionMarker);
            WriteVersions(writer, page, names);
        });
    }

    private Page<ObjectRow> Read(S3Request request, Func<SqliteConnection, Bucket, Page<ObjectRow>> list) =>
        database.Read(connection => list(connection, buckets.Get(connection, request.Bucket)));

    private static void WriteHead(XmlWriter writer, S3Request request, KeyNames names, ListQuery query)
    {
        writer.Element("Name", request.Bucket);
        writer.Element("Prefix", names.Encode(query.Prefix));
        writer.Element("Delimiter", query.Delimiter.Length > 0 ? names.Encode(query.Delimiter) : null);
        writer.Element("MaxKeys", query.Most);
        writer.Element("EncodingType", request.Query["encoding-type"]);
    }

    private void WritePage(XmlWriter writer, Page<ObjectRow> page, KeyNames names, bool withOwner)
    {
        writer.Element("IsTruncated", page.IsTruncated);
        foreach (var row in page.Entries)
        {
            writer.Element("Contents", entry =>
            {
                entry.Element("Key", names.Encode(row.Key));
                WriteObject(entry, row);
                if (withOwner)
                {
                    owner.Write(entry);
                }
            });
        }

        WriteCommonPrefixes(writer, page.CommonPrefixes, names);
    }

    private void WriteVersions(XmlWriter writer, Page<ObjectRow> page, KeyNames names)
    {
        writer.Element("IsTruncated", page.IsTruncated);
        if (page.IsTruncated)
        {
            writer.Element("NextKeyMarker", names.Encode(page.Last));
            if (page.Entries is [.., var last] && Encoding.UTF8.GetBytes(last.Key).AsSpan().SequenceEqual(page.Last))
            {
                writer.Element("NextVersionIdMarker", last.Version);
            }
        }

        foreach (var row in page.Entries)
        {
            writer.Element(row.IsMarker ? "DeleteMarker" : "Version", entry =>
            {
                entry.Element("Key", names.Encode(row.Key));
                entry.Element("VersionId", row.Version);
                entry.Element("IsLatest", row.IsCurrent);
                WriteObject(entry, row);
                owner.Write(entry);
            });
        }

        WriteCommonPrefixes(writer, page.CommonPrefixes, names);
    }

    private static void WriteObject(XmlWriter writer, ObjectRow row)
    {
        writer.Element("LastModified", S3Time.Iso(row.Modified));
        if (row.IsMarker)
        {
            return;
        }

        writer.Element("ETag", row.QuotedETag);
        if (row.Checksum is { } checksum)
        {
            writer.Element("ChecksumAlgorithm", checksum.Algorithm.ToString());
            writer.Element("ChecksumType", checksum.Type);
        }

        writer.Element("Size", row.Size);
        writer.Element("StorageClass", StoredHeaders.StorageClass(row.Headers));
    }

    private static void WriteCommonPrefixes(XmlWriter writer, List<byte[]> prefixes, KeyNames names)
    {
        foreach (var prefix in prefixes)
        {
            writer.Element("CommonPrefixes", entry => entry.Element("Prefix", names.Encode(prefix)));
        }
    }

    private static string ReadToken(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw S3Errors.Invalid("The continuation token provided is incorrect", "continuation-token", token);
        }
    }
}
