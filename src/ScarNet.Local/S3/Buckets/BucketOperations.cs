using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Multipart;
using ScarNet.Local.S3.Objects;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Buckets;

/// <summary>Lists, creates and deletes buckets, and sets their versioning.</summary>
internal sealed class BucketOperations(Database database, ObjectStore store, Owner owner, EngineSettings settings)
{
    private const int MostListed = 10_000;

    private static string After(string token) => token.Length % 2 == 0 && token.All(char.IsAsciiHexDigit)
        ? Encoding.UTF8.GetString(Convert.FromHexString(token))
        : throw S3Errors.Invalid("The continuation token provided is incorrect", "continuation-token", token);

    public Task List(S3Request request)
    {
        var most = request.Number("max-buckets", MostListed, MostListed);
        var prefix = request.Query["prefix"] ?? "";
        var after = request.Query["continuation-token"] is { } token ? After(token) : "";
        var found = database.Read(connection => BucketRows.List(connection, after, prefix, most + 1));
        var shown = found.Take(most).ToList();
        return Xml.Answer(request.Context, "ListAllMyBucketsResult", writer =>
        {
            owner.Write(writer);
            writer.Element("Buckets", all =>
            {
                foreach (var (name, created) in shown)
                {
                    all.Element("Bucket", bucket =>
                    {
                        bucket.Element("Name", name);
                        bucket.Element("CreationDate", S3Time.Iso(created));
                    });
                }
            });
            if (found.Count > most && shown is [.., var last])
            {
                writer.Element("ContinuationToken", Convert.ToHexString(Encoding.UTF8.GetBytes(last.Name)));
            }
        });
    }

    public async Task Create(S3Request request)
    {
        if (!BucketName.IsValid(request.Bucket))
        {
            throw new ApiException(400, "InvalidBucketName", "The specified bucket is not valid.", ("BucketName", request.Bucket));
        }

        var document = await Xml.Read(request.Context);
        CheckRegion(document?.Child("LocationConstraint") ?? document?.Child("Location"));
        var tags = document?.Children("Tags").FirstOrDefault() is { } set
            ? Tags.OfDocument(new System.Xml.Linq.XElement("Tagging", new System.Xml.Linq.XElement("TagSet", set.Elements())), Tags.MostOnBucket)
            : null;
        await database.Write(connection => Create(connection, request.Bucket, tags), request.Aborted);
        request.Response.Headers.Location = $"/{request.Bucket}";
        await request.Done(StatusCodes.Status200OK);
    }

    public Task Head(S3Request request)
    {
        database.Read(connection => store.Buckets.Get(connection, request.Bucket));
        request.Response.Headers["x-amz-bucket-region"] = settings.Region;
        return request.Done(StatusCodes.Status200OK);
    }

    public async Task Delete(S3Request request)
    {
        await store.Commit(
            request.Bucket,
            (connection, bucket) =>
            {
                if (!BucketRows.IsEmpty(connection, bucket))
                {
                    throw new ApiException(
                        409, "BucketNotEmpty", "The bucket you tried to delete is not empty", ("BucketName", bucket.Name));
                }

                var unnamed = new List<string>();
                foreach (var upload in UploadRows.List(connection, bucket, []).ToList())
                {
                    UploadRows.Delete(connection, upload.Id, _ => false, unnamed);
                }

                BucketRows.Delete(connection, bucket);
                return new Stored { Unnamed = unnamed };
            },
            request.Aborted);
        await request.Done(StatusCodes.Status204NoContent);
    }

    public Task Location(S3Request request)
    {
        database.Read(connection => store.Buckets.Get(connection, request.Bucket));
        return Xml.Answer(
            request.Context, "LocationConstraint", writer => writer.WriteString(settings.Region == "us-east-1" ? "" : settings.Region));
    }

    public Task GetVersioning(S3Request request)
    {
        var bucket = database.Read(connection => store.Buckets.Get(connection, request.Bucket));
        return Xml.Answer(request.Context, "VersioningConfiguration", writer =>
            writer.Element("Status", bucket.Versioning == Versioning.Off ? null : bucket.Versioning.ToString()));
    }

    public async Task PutVersioning(S3Request request)
    {
        var document = await Xml.Read(request.Context, "VersioningConfiguration");
        if (document.Child("MfaDelete") == "Enabled")
        {
            throw S3Errors.NotImplemented("MFA delete");
        }

        var versioning = document.Child("Status") switch
        {
            "Enabled" => Versioning.Enabled,
            "Suspended" => Versioning.Suspended,
            _ => throw new ApiException(400, "IllegalVersioningConfigurationException", "The Versioning element must be specified"),
        };
        await database.Write(
            connection => BucketRows.SetVersioning(connection, store.Buckets.Get(connection, request.Bucket), versioning), request.Aborted);
        await request.Done(StatusCodes.Status200OK);
    }

    private void Create(SqliteConnection connection, string name, string? tags)
    {
        if (store.Buckets.Find(connection, name) is not null)
        {
            // In its oldest region S3 says yes to what is there already.
            if (settings.Region != "us-east-1")
            {
                throw new ApiException(
                    409,
                    "BucketAlreadyOwnedByYou",
                    "Your previous request to create the named bucket succeeded and you already own it.",
                    ("BucketName", name));
            }

            return;
        }

        BucketRows.Insert(connection, name, settings.Clock.GetUtcNow());
        var bucket = store.Buckets.Get(connection, name);
        BucketRows.SetConfiguration(connection, bucket, "tagging", tags);
        BucketRows.SetConfiguration(connection, bucket, BucketProtection.PublicAccessBlock, BucketProtection.Blocked);
    }

    private void CheckRegion(string? region)
    {
        if (!string.IsNullOrEmpty(region) && region != settings.Region)
        {
            throw new ApiException(
                400,
                "IllegalLocationConstraintException",
                $"The {region} location constraint is incompatible for the region specific endpoint this request was sent to ({settings.Region}).");
        }
    }
}
