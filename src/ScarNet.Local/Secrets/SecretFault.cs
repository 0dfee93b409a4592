using ScarNet.Local.Http;

namespace ScarNet.Local.Secrets;

/// <summary>Errors of both services. Sources: docs.aws.amazon.com/secretsmanager/latest/apireference/ and docs.aws.amazon.com/systems-manager/latest/APIReference/</summary>
internal static class SecretFault
{
    public static ApiException NoSecret() => new(400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    public static ApiException NoVersion(string what) =>
        new(400, "ResourceNotFoundException", $"Secrets Manager can't find the specified secret value for {what}");

    public static ApiException Exists(string name) =>
        new(400, "ResourceExistsException", $"The operation failed because the secret {name} already exists.");

    public static ApiException Deleted() => new(
        400, "InvalidRequestException", "You can't perform this operation on the secret because it was marked for deletion.");

    public static ApiException Invalid(string what) => new(400, "InvalidParameterException", what);

    public static ApiException Wrong(string what) => new(400, "ValidationException", what);

    public static ApiException NoParameter(string name) => new(400, "ParameterNotFound", $"Parameter {name} not found.");

    public static ApiException ParameterExists() => new(
        400, "ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
}
