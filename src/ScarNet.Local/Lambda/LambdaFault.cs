using ScarNet.Local.Http;

namespace ScarNet.Local.Lambda;

/// <summary>Lambda's own errors. Source: docs.aws.amazon.com/lambda/latest/api/CommonErrors.html and each operation's page.</summary>
internal static class LambdaFault
{
    public static ApiException NotFound(string name) => new(404, "ResourceNotFoundException", $"Function not found: {name}", ("Type", "User"));

    public static ApiException Missing(string what) => new(404, "ResourceNotFoundException", what, ("Type", "User"));

    public static ApiException Exists(string message) => new(409, "ResourceConflictException", message, ("Type", "User"));

    public static ApiException Invalid(string message) => new(400, "InvalidParameterValueException", message, ("Type", "User"));

    public static ApiException Validation(string value, string member, string constraint) => new(
        400,
        "ValidationException",
        $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");

    public static ApiException RevisionMismatch() => new(
        412,
        "PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
        ("Type", "User"));

    public static ApiException TooLarge(int bytes) => new(
        413, "RequestTooLargeException", $"Request must be smaller than {bytes} bytes for the InvokeFunction operation", ("Type", "User"));

    public static ApiException NotJson(string why) =>
        new(400, "InvalidRequestContentException", $"Could not parse request body into json: {why}", ("Type", "User"));

    public static ApiException Throttled(string reason) =>
        new(429, "TooManyRequestsException", "Rate Exceeded.", ("Type", "User"), ("Reason", reason));

    public static ApiException NoAlias(string arn) => Missing($"Cannot find alias arn: {arn}");

    public static ApiException Unqualified() => Invalid(
        "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. "
        + "Please specify either a function name or an unqualified function ARN.");
}
