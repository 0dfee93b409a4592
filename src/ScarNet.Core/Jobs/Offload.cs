using System.Text;
using System.Text.Json;

namespace ScarNet.Core.Jobs;

/// <summary>
/// Decides what travels inside a request and what is put into the artifact bucket, content-addressed, with only its address inside.
/// It decides on the serialized request, never on the length of a script: escaping and what else is in the request count too.
/// </summary>
public static class Offload
{
    /// <summary>Largest RegisterJobDefinition request, in bytes. Source: docs.aws.amazon.com/batch/latest/userguide/service_limits.html</summary>
    public const int MaxDefinitionBytes = 24 * 1024;

    /// <summary>
    /// Most characters of a job's containerOverrides. ECS takes 8,192, counted its own way and only after SubmitJob has succeeded: hence
    /// the distance.
    /// </summary>
    public const int MaxOverridesCharacters = 7000;

    /// <summary>Where the spec of a job definition goes: inside, with the script apart, or apart as a whole.</summary>
    /// <param name="spec">The spec with its script inside.</param>
    /// <param name="script">The script's bytes.</param>
    /// <param name="requestBytes">Size of the serialized request with these variables in it.</param>
    public static Placement OfSpec(
        JobSpec spec, ReadOnlyMemory<byte> script, Func<IReadOnlyDictionary<string, string>, int> requestBytes)
    {
        var inside = new Placement(Variable(SupervisorVariables.Spec, Serialize(spec)), []);
        if (requestBytes(inside.Environment) <= MaxDefinitionBytes)
        {
            return inside;
        }

        var slim = spec with { Script = spec.Script with { Text = null, Base64 = null } };
        var json = Serialize(slim);
        var upload = new Upload(ArtifactKeys.Script(spec.Script.Sha256), script);
        var scriptApart = new Placement(Variable(SupervisorVariables.Spec, json), [upload]);
        return requestBytes(scriptApart.Environment) <= MaxDefinitionBytes ? scriptApart : SpecApart(slim.ArtifactBucket, json, [upload]);
    }

    /// <summary>The spec as an object: for image functions in Lambda, whose environment holds 4 KB.</summary>
    /// <param name="spec">The spec with its script inside.</param>
    public static Placement SpecApart(JobSpec spec) => SpecApart(spec.ArtifactBucket, Serialize(spec), []);

    /// <summary>Where the event of a job goes: inside, or apart.</summary>
    /// <param name="e">The event.</param>
    /// <param name="spec">The function it is for.</param>
    /// <param name="overridesCharacters">Length of the serialized containerOverrides with these variables in it.</param>
    public static Placement OfEvent(BatchEvent e, JobSpec spec, Func<IReadOnlyDictionary<string, string>, int> overridesCharacters)
    {
        var json = JsonSerializer.Serialize(e, Json.Default.BatchEvent);
        var inside = new Placement(Variable(SupervisorVariables.Event, json), []);
        if (overridesCharacters(inside.Environment) <= MaxOverridesCharacters)
        {
            return inside;
        }

        var upload = Upload.Addressed(json, sha256 => ArtifactKeys.Event(spec.Function, sha256));
        var environment = new Dictionary<string, string>
        {
            [SupervisorVariables.EventUri] = $"s3://{spec.ArtifactBucket}/{upload.Key}",
            [SupervisorVariables.EventSha256] = upload.Sha256,
        };
        return new(environment, [upload]);
    }

    private static Placement SpecApart(string bucket, string json, IReadOnlyList<Upload> others)
    {
        var upload = Upload.Addressed(json, ArtifactKeys.Spec);
        var environment = new Dictionary<string, string>
        {
            [SupervisorVariables.SpecUri] = $"s3://{bucket}/{upload.Key}",
            [SupervisorVariables.SpecSha256] = upload.Sha256,
        };
        return new(environment, [.. others, upload]);
    }

    private static Dictionary<string, string> Variable(string name, string value) => new() { [name] = value };

    private static string Serialize(JobSpec spec) => JsonSerializer.Serialize(spec, Json.Default.JobSpec);

    /// <summary>What a request carries, and what must lie in the artifact bucket before it is sent.</summary>
    public sealed record Placement(IReadOnlyDictionary<string, string> Environment, IReadOnlyList<Upload> Uploads);

    /// <summary>An object of the artifact bucket whose key ends in the SHA-256 of its content.</summary>
    public sealed record Upload(string Key, ReadOnlyMemory<byte> Content)
    {
        public string Sha256 => Key[(Key.LastIndexOf('/') + 1)..];

        internal static Upload Addressed(string text, Func<string, string> key)
        {
            var content = Encoding.UTF8.GetBytes(text);
            return new(key(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))), content);
        }
    }
}
