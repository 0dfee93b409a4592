using ScarNet.Local.Http;

namespace ScarNet.Local.S3;

/// <summary>S3's own errors. Source: docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</summary>
internal static class S3Errors
{
    public static ApiException NoSuchBucket(string bucket) =>
        new(404, "NoSuchBucket", "The specified bucket does not exist", ("BucketName", bucket));

    public static ApiException NoSuchKey(string key) => new(404, "NoSuchKey", "The specified key does not exist.", ("Key", key));

    public static ApiException NoSuchVersion(string key, string version) =>
        new(404, "NoSuchVersion", "The specified version does not exist.", ("Key", key), ("VersionId", version));

    public static ApiException NoSuchUpload(string id) => new(
        404,
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
        ("UploadId", id));

    public static ApiException Missing(string code, string message, string bucket) => new(404, code, message, ("BucketName", bucket));

    public static ApiException PreconditionFailed(string condition) =>
        new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", ("Condition", condition));

    public static ApiException BadDigest(string message) => new(400, "BadDigest", message);

    public static ApiException MalformedXml() => new(
        400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    public static ApiException Invalid(string message, string name, string value) =>
        new(400, "InvalidArgument", message, ("ArgumentName", name), ("ArgumentValue", value));

    public static ApiException InvalidRequest(string message) => new(400, "InvalidRequest", message);

    public static ApiException MethodNotAllowed(string method, string resource) => new(
        405,
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
        ("Method", method),
        ("ResourceType", resource));

    /// <param name="what">Such as "Object Lock".</param>
    public static ApiException NotImplemented(string what) =>
        new(501, "NotImplemented", $"The local engine does not implement {what}.");
}
