using Amazon.Runtime;
using ScarNet.Aws;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor;

/// <summary>Fetches the secrets of a function as its role. In a job ECS has done that before the container was started.</summary>
/// <param name="secrets">Clients for Secrets Manager, of a region; null is the function's own.</param>
/// <param name="parameters">The same for Parameter Store.</param>
internal sealed class Secrets(Func<string?, AwsClients> secrets, Func<string?, AwsClients> parameters)
{
    /// <summary>Source: docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html</summary>
    private const int MostNames = 10;

    /// <param name="wanted">Variables, each with where its value is kept.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Their values.</returns>
    /// <exception cref="RunFailure">One cannot be had; the message names it, and holds no value.</exception>
    public async Task<IReadOnlyDictionary<string, string>> Fetch(IReadOnlyDictionary<string, string> wanted, CancellationToken cancellation)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var references = wanted.Select(pair => (Name: pair.Key, Reference: SecretReference.Parse(pair.Value)
            ?? throw new RunFailure(ExitCodes.InputMissing, $"secret '{pair.Key}' is kept nowhere that is known: '{pair.Value}'"))).ToList();
        foreach (var same in references.Where(one => one.Reference.Store == SecretStore.SecretsManager)
            .GroupBy(one => (one.Reference.Id, one.Reference.Stage, one.Reference.Version)))
        {
            var text = await Secret(same.First().Name, same.First().Reference, cancellation);
            foreach (var (name, reference) in same)
            {
                values[name] = reference.Key is not { } key ? text
                    : SecretMember.Of(text, key) ?? throw Missing(name, reference, $"it has no key '{key}', or is no JSON object");
            }
        }

        foreach (var some in references.Where(one => one.Reference.Store == SecretStore.ParameterStore)
            .GroupBy(one => one.Reference.Region).SelectMany(region => region.Chunk(MostNames)))
        {
            await Parameters(some, values, cancellation);
        }

        return values;
    }

    private async Task<string> Secret(string name, SecretReference reference, CancellationToken cancellation)
    {
        var answer = await Ask(name, reference, () => secrets(reference.Region).SecretsManager.GetSecretValueAsync(
            new() { SecretId = reference.Id, VersionStage = reference.Stage, VersionId = reference.Version }, cancellation));
        return answer.SecretString ?? throw Missing(name, reference, "it holds bytes, and a variable is text");
    }

    private async Task Parameters((string Name, SecretReference Reference)[] some, Dictionary<string, string> values, CancellationToken cancellation)
    {
        var answer = await Ask(some[0].Name, some[0].Reference, () => parameters(some[0].Reference.Region).Ssm.GetParametersAsync(
            new() { Names = [.. some.Select(one => one.Reference.Id).Distinct()], WithDecryption = true }, cancellation));
        foreach (var (name, reference) in some)
        {
            values[name] = answer.Parameters?.Find(found => found.ARN == reference.Id || found.Name == reference.Id)?.Value
                ?? throw Missing(name, reference, "there is no such parameter");
        }
    }

    private static async Task<T> Ask<T>(string name, SecretReference reference, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (AmazonServiceException e)
        {
            throw Missing(name, reference, $"{e.ErrorCode}: {e.Message}", e);
        }
    }

    private static RunFailure Missing(string name, SecretReference reference, string why, Exception? inner = null) =>
        new(ExitCodes.InputMissing, $"secret '{name}' cannot be had from '{reference.Id}': {why}", inner);
}
