using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Listing;
using ScarNet.Local.S3.Multipart;
using ScarNet.Local.S3.Notifications;
using ScarNet.Local.S3.Objects;

namespace ScarNet.Local.S3;

/// <summary>Which operation a request on a bucket is.</summary>
internal sealed class BucketRoutes(
    BucketOperations buckets,
    BucketConfigurations configurations,
    NotificationOperations notifications,
    Listings listings,
    MultipartLists uploads,
    BatchDelete batchDelete)
{
    public Task Handle(S3Request request)
    {
        foreach (var (name, _) in request.Query)
        {
            if (SubResource(name, request.Method) is { } operation)
            {
                return operation(request);
            }

            Unsupported.Refuse(name, request.Method);
        }

        return request.Method switch
        {
            "GET" when request.Query["list-type"] == "2" => listings.ObjectsV2(request),
            "GET" => listings.Objects(request),
            "HEAD" => buckets.Head(request),
            "PUT" => buckets.Create(request),
            "DELETE" => buckets.Delete(request),
            "POST" => throw S3Errors.NotImplemented("uploads by HTML form (POST Object)"),
            _ => throw S3Errors.MethodNotAllowed(request.Method, "BUCKET"),
        };
    }

    private Func<S3Request, Task>? SubResource(string name, string method) => (name, method) switch
    {
        ("location", "GET") => buckets.Location,
        ("versioning", "GET") => buckets.GetVersioning,
        ("versioning", "PUT") => buckets.PutVersioning,
        ("notification", "GET") => notifications.Get,
        ("notification", "PUT") => notifications.Put,
        ("versions", "GET") => listings.Versions,
        ("uploads", "GET") => uploads.Uploads,
        ("delete", "POST") => batchDelete.Delete,
        _ when BucketConfigurations.Has(name) => request => configurations.Handle(request, name),
        _ => null,
    };
}
