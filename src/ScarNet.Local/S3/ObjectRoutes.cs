using ScarNet.Local.S3.Multipart;
using ScarNet.Local.S3.Objects;

namespace ScarNet.Local.S3;

/// <summary>Which operation a request on an object is.</summary>
internal sealed class ObjectRoutes(
    ObjectReads reads,
    ObjectWrites writes,
    ObjectCopy copies,
    ObjectTagging tagging,
    MultipartUploads uploads,
    MultipartParts parts,
    MultipartLists uploadLists)
{
    public Task Handle(S3Request request)
    {
        if (request.Query["uploadId"] is { } id)
        {
            return Upload(request, id);
        }

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
            "GET" => reads.Get(request),
            "HEAD" => reads.Head(request),
            "PUT" when IsCopy(request) => copies.Copy(request),
            "PUT" => writes.Put(request),
            "DELETE" => writes.Delete(request),
            _ => throw S3Errors.MethodNotAllowed(request.Method, "OBJECT"),
        };
    }

    private Func<S3Request, Task>? SubResource(string name, string method) => (name, method) switch
    {
        ("uploads", "POST") => uploads.Create,
        ("tagging", "GET") => tagging.Get,
        ("tagging", "PUT") => tagging.Put,
        ("tagging", "DELETE") => tagging.Delete,
        ("acl", "GET") => tagging.GetAcl,
        ("acl", "PUT") => tagging.PutAcl,
        _ => null,
    };

    private Task Upload(S3Request request, string id) => request.Method switch
    {
        "PUT" when IsCopy(request) => parts.Copy(request, id),
        "PUT" => parts.Put(request, id),
        "GET" => uploadLists.Parts(request, id),
        "POST" => uploads.Complete(request, id),
        "DELETE" => uploads.Abort(request, id),
        _ => throw S3Errors.MethodNotAllowed(request.Method, "UPLOAD"),
    };

    private static bool IsCopy(S3Request request) => request.Headers.ContainsKey("x-amz-copy-source");
}
