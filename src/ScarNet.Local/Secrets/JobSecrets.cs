using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Iam;
using ScarNet.Local.Access;
using ScarNet.Local.Http;

namespace ScarNet.Local.Secrets;

/// <summary>What ECS fetches for a container before it starts it, as the execution role of its task.</summary>
internal sealed class JobSecrets(SecretFiles files, RoleAccess roles)
{
    // ECS's own words. Source: docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
    private const string Failure = "ResourceInitializationError: unable to pull secrets or registry auth: ";

    private readonly SecretLookup lookup = new(files, roles.Place);

    /// <param name="wanted">Variables, each with its <c>valueFrom</c>.</param>
    /// <param name="executionRole">ARN of the role that reads them.</param>
    /// <param name="session">Name of its session.</param>
    /// <exception cref="ScarException">One cannot be had: the message names it.</exception>
    public IReadOnlyDictionary<string, string> Values(IReadOnlyDictionary<string, string> wanted, string? executionRole, string session) =>
        wanted.ToDictionary(secret => secret.Key, secret => Value(secret.Key, secret.Value, executionRole, session));

    private string Value(string name, string from, string? role, string session)
    {
        var reference = SecretReference.Parse(from) ?? throw new ScarException($"{Failure}invalid valueFrom '{from}' of secret '{name}'");
        var found = reference.Store == SecretStore.SecretsManager ? lookup.Find(reference.Id) : ParametersApi.Find(files, roles.Place, reference.Id);
        var requests = reference.Store == SecretStore.SecretsManager
            ? SecretsActions.GetValue(roles.Place, found, reference.Id)
            : SecretsActions.GetParameter(roles.Place, "GetParameters", found, reference.Id);
        var service = reference.Store == SecretStore.SecretsManager ? "asm" : "ssm";
        if (roles.Refusal(role, BatchActions.Tasks, session, requests) is { } why)
        {
            throw new ScarException($"{Failure}unable to retrieve secret '{name}' from {service}: AccessDeniedException: {why}");
        }

        return reference.Store == SecretStore.ParameterStore
            ? (string?)found?["Value"] ?? throw new ScarException($"{Failure}unable to retrieve secret '{name}' from ssm: invalid ssm parameters: {reference.Id}")
            : OfSecret(name, reference);
    }

    private string OfSecret(string name, SecretReference reference)
    {
        try
        {
            var text = (string?)lookup.Value(reference.Id, reference.Stage, reference.Version)["SecretString"]
                ?? throw new ScarException($"{Failure}unable to retrieve secret '{name}' from asm: {reference.Id} holds bytes, and a variable is text");
            return reference.Key is not { } key ? text : SecretMember.Of(text, key) ?? throw new ScarException(
                $"{Failure}unable to retrieve secret '{name}' from asm: retrieved secret from Secrets Manager did not contain json key {key}: {reference.Id}");
        }
        catch (ApiException e)
        {
            throw new ScarException(
                $"{Failure}unable to retrieve secret '{name}' from asm: failed to fetch secret {reference.Id} from secrets manager: {e.Code}: {e.Message}", e);
        }
    }
}
