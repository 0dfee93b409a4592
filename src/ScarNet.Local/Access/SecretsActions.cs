using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Secrets;

namespace ScarNet.Local.Access;

/// <summary>What the operations of Secrets Manager and Parameter Store ask for: their own names on secrets and parameters, and the use of their keys.</summary>
internal sealed class SecretsActions(AwsPlace place, SecretFiles files)
{
    private const string NoEnd = "-000000";

    private readonly SecretLookup lookup = new(files, place);

    public IEnumerable<AccessRequest> OfSecrets(HttpContext context)
    {
        var (operation, body) = (Operation(context), RequestBody.Json(context));
        return operation switch
        {
            "ListSecrets" => [new("secretsmanager:ListSecrets", "*")],
            "CreateSecret" => [new("secretsmanager:CreateSecret", place.Secret(body.Text("Name") ?? ""))],
            "GetSecretValue" => GetValue(place, lookup.Find(body.Text("SecretId")), body.Text("SecretId") ?? ""),
            _ => [new($"secretsmanager:{operation}", Secret(place, lookup.Find(body.Text("SecretId")), body.Text("SecretId") ?? ""))],
        };
    }

    public IEnumerable<AccessRequest> OfParameters(HttpContext context)
    {
        var (operation, body) = (Operation(context), RequestBody.Json(context));
        var names = operation == "GetParameters"
            ? body.Items("Names").Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)
            : [body.Text("Name") ?? ""];
        return names.SelectMany(name => GetParameter(place, operation, ParametersApi.Find(files, place, name), name));
    }

    /// <summary>Reading a secret's value.</summary>
    /// <param name="place">Where.</param>
    /// <param name="found">The secret; null when there is none.</param>
    /// <param name="id">How it is called in the request.</param>
    public static IEnumerable<AccessRequest> GetValue(AwsPlace place, JsonObject? found, string id) =>
        [new("secretsmanager:GetSecretValue", Secret(place, found, id)), .. KmsActions.Use(place, (string?)found?["KmsKeyId"], KmsActions.Decrypt)];

    /// <summary>Reading a parameter.</summary>
    /// <param name="place">Where.</param>
    /// <param name="operation">By which call.</param>
    /// <param name="found">The parameter; null when there is none.</param>
    /// <param name="id">How it is called in the request.</param>
    public static IEnumerable<AccessRequest> GetParameter(AwsPlace place, string operation, JsonObject? found, string id) =>
        [new($"ssm:{operation}", AwsPlace.IsArn(id) ? id : place.Parameter(id)), .. KmsActions.Use(place, (string?)found?["KeyId"], KmsActions.Decrypt)];

    // Of one that is not there the end of its ARN is nobody's: who may read the name hears that it is missing.
    private static string Secret(AwsPlace place, JsonObject? found, string id)
    {
        var arn = (string?)found?["ARN"] ?? (AwsPlace.IsArn(id) ? id : place.Secret(id));
        return found is null && (arn.Length < NoEnd.Length || arn[^NoEnd.Length] != '-') ? arn + NoEnd : arn;
    }

    private static string Operation(HttpContext context) => context.Request.Headers["X-Amz-Target"].ToString() is var target
        ? target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..]
        : "";
}
