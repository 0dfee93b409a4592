using System.Text;
using System.Xml;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Listing;
using ScarNet.Local.S3.Objects;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Multipart;

/// <summary>ListParts and ListMultipartUploads.</summary>
internal sealed class MultipartLists(Database database, BucketRows buckets, Owner owner)
{
    public Task Parts(S3Request request, string id)
    {
        var after = request.Number("part-number-marker", 0, int.MaxValue);
        var most = request.Number("max-parts", 1000, 1000);
        var (upload, parts) = database.Read(connection =>
        {
            var found = UploadRows.Get(connection, buckets.Get(connection, request.Bucket), request.Key, id);
            return (found, UploadRows.Parts(connection, id, after, most + 1));
        });
        var shown = parts.Take(most).ToList();
        return Xml.Answer(request.Context, "ListPartsResult", writer =>
        {
            writer.Element("Bucket", request.Bucket);
            writer.Element("Key", KeyNames.Of(request).Encode(request.Key));
            writer.Element("UploadId", id);
            owner.Write(writer, "Initiator");
            owner.Write(writer);
            writer.Element("StorageClass", StoredHeaders.StorageClass(upload.Headers));
            writer.Element("PartNumberMarker", after);
            writer.Element("NextPartNumberMarker", shown is [.., var last] ? last.Number : 0);
            writer.Element("MaxParts", most);
            writer.Element("IsTruncated", parts.Count > most);
            writer.Element("ChecksumAlgorithm", upload.Algorithm?.ToString());
            writer.Element("ChecksumType", upload.Algorithm is null ? null : upload.Type);
            shown.ForEach(part => writer.Element("Part", entry => WritePart(entry, part)));
        });
    }

    public Task Uploads(S3Request request)
    {
        var keyMarker = request.Query["key-marker"] ?? "";
        var idMarker = keyMarker.Length == 0 ? "" : request.Query["upload-id-marker"] ?? "";
        var query = ListQuery.Of(request, keyMarker) with { Most = request.Number("max-uploads", 1000, 1000) };
        if (idMarker.Length > 0)
        {
            query = query with { From = Encoding.UTF8.GetBytes(keyMarker) };
        }

        var page = database.Read(connection =>
            List(UploadRows.List(connection, buckets.Get(connection, request.Bucket), query.From), query, keyMarker, idMarker));
        var names = KeyNames.Of(request);
        return Xml.Answer(request.Context, "ListMultipartUploadsResult", writer =>
        {
            writer.Element("Bucket", request.Bucket);
            writer.Element("KeyMarker", names.Encode(keyMarker));
            writer.Element("UploadIdMarker", idMarker);
            writer.Element("Prefix", names.Encode(query.Prefix));
            writer.Element("Delimiter", query.Delimiter.Length > 0 ? names.Encode(query.Delimiter) : null);
            writer.Element("MaxUploads", query.Most);
            writer.Element("EncodingType", request.Query["encoding-type"]);
            WritePage(writer, page, names);
        });
    }

    private static Page<Upload> List(IEnumerable<Upload> uploads, ListQuery query, string keyMarker, string idMarker)
    {
        var page = new Page<Upload>(query);
        var waiting = idMarker.Length > 0; // the marker's own key goes on after the marked upload
        foreach (var upload in query.Most == 0 ? [] : uploads)
        {
            var key = Encoding.UTF8.GetBytes(upload.Key);
            if (!query.Covers(key) || page.IsTruncated)
            {
                break;
            }

            if (waiting && upload.Key == keyMarker)
            {
                waiting = upload.Id != idMarker;
                continue;
            }

            if (!page.CommonPrefixes.Exists(prefix => key.AsSpan().StartsWith(prefix)))
            {
                page.Add(key, () => upload);
            }
        }

        return page;
    }

    private void WritePage(XmlWriter writer, Page<Upload> page, KeyNames names)
    {
        writer.Element("IsTruncated", page.IsTruncated);
        if (page.IsTruncated)
        {
            writer.Element("NextKeyMarker", names.Encode(page.Last));
            writer.Element("NextUploadIdMarker", page.Entries is [.., var last] ? last.Id : "");
        }

        foreach (var upload in page.Entries)
        {
            writer.Element("Upload", entry =>
            {
                entry.Element("Key", names.Encode(upload.Key));
                entry.Element("UploadId", upload.Id);
                owner.Write(entry, "Initiator");
                owner.Write(entry);
                entry.Element("StorageClass", StoredHeaders.StorageClass(upload.Headers));
                entry.Element("Initiated", S3Time.Iso(upload.Initiated));
                entry.Element("ChecksumAlgorithm", upload.Algorithm?.ToString());
                entry.Element("ChecksumType", upload.Algorithm is null ? null : upload.Type);
            });
        }

        foreach (var prefix in page.CommonPrefixes)
        {
            writer.Element("CommonPrefixes", entry => entry.Element("Prefix", names.Encode(prefix)));
        }
    }

    private static void WritePart(XmlWriter writer, UploadPart part)
    {
        writer.Element("PartNumber", part.Number);
        writer.Element("LastModified", S3Time.Iso(part.Modified));
        writer.Element("ETag", $"\"{part.ETag}\"");
        writer.Element("Size", part.Size);
        if (part.Checksum is { } checksum)
        {
            writer.Element(checksum.ElementName, checksum.Value);
        }
    }
}
