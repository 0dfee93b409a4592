using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.S3;
using ScarNet.Core;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor;

/// <summary>Finds what <c>init</c> and the submitting supervisor left for this one.</summary>
/// <param name="surroundings">The environment.</param>
/// <param name="s3">Makes the client when something lies there, for a region taken from the bucket when there is no other.</param>
internal sealed class Specs(Surroundings surroundings, Func<string?, IAmazonS3> s3)
{
    private const string FileName = "function.json";

    /// <exception cref="ScarException">There is none, or it is not what it should be.</exception>
    public async Task<JobSpec> Spec(CancellationToken cancellation)
    {
        var found = await Find(
            SupervisorVariables.Spec, SupervisorVariables.SpecUri, SupervisorVariables.SpecSha256, Json.Default.JobSpec, cancellation);
        if (found is not null)
        {
            return found;
        }

        var file = Path.Combine(surroundings["LAMBDA_TASK_ROOT"] ?? surroundings.BinaryDirectory, FileName);
        return File.Exists(file)
            ? Parse(await File.ReadAllBytesAsync(file, cancellation), file, Json.Default.JobSpec)
            : throw new ScarException(
                $"neither '{SupervisorVariables.Spec}', '{SupervisorVariables.SpecUri}' nor the file '{file}' says which function this is",
                "'scarnet init' deploys a function with all it needs");
    }

    /// <returns>Null when the job was submitted without an event.</returns>
    /// <exception cref="ScarException">It is not what it should be.</exception>
    public async Task<BatchEvent?> Event(CancellationToken cancellation) => surroundings[SupervisorVariables.ArrayUri] is { } manifest
        ? await OfArray(manifest, cancellation)
        : await Find(
            SupervisorVariables.Event, SupervisorVariables.EventUri, SupervisorVariables.EventSha256, Json.Default.BatchEvent, cancellation);

    private async Task<BatchEvent> OfArray(string manifest, CancellationToken cancellation)
    {
        if (!int.TryParse(surroundings["AWS_BATCH_JOB_ARRAY_INDEX"], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            throw new ScarException($"'{SupervisorVariables.ArrayUri}' is set, but this is no child of an array job", "submit it with arrayProperties.size");
        }

        var path = Address(manifest);
        using var response = await s3(path.Bucket).GetObjectAsync(path.Bucket, path.Key, cancellation);
        var e = await ArrayManifest.Read(response.ResponseStream, index, surroundings[SupervisorVariables.ArraySha256], cancellation);
        using var raw = ObjectCreated.Json(e);
        return new(e, Encoding.UTF8.GetString(raw.GetBuffer(), 0, (int)raw.Length), surroundings["AWS_BATCH_JOB_ID"]!);
    }

    private async Task<T?> Find<T>(string inside, string uri, string sha256, JsonTypeInfo<T> shape, CancellationToken cancellation)
        where T : class
    {
        if (surroundings[inside] is { } json)
        {
            return Parse(Encoding.UTF8.GetBytes(json), inside, shape);
        }

        return surroundings[uri] is { } address
            ? Parse(await Fetch(address, surroundings[sha256], cancellation), address, shape)
            : null;
    }

    private async Task<byte[]> Fetch(string address, string? sha256, CancellationToken cancellation)
    {
        var path = Address(address);
        var content = await new Documents(s3(path.Bucket), path.Bucket).ReadBytes(path.Key, cancellation)
            ?? throw new ScarException($"there is no '{address}'", "'scarnet init' puts it there");
        return Convert.ToHexStringLower(SHA256.HashData(content)) == sha256
            ? content
            : throw new ScarException($"'{address}' does not have the digest '{sha256}': it was tampered with");
    }

    private static ObjectPath Address(string address) =>
        Parse(address) ?? throw new ScarException($"'{address}' is no address of an object", "s3://bucket/key would be");

    private static ObjectPath? Parse(string address) =>
        address.StartsWith("s3://", StringComparison.Ordinal) && address[5..].Split('/', 2) is [{ Length: > 0 } bucket, { Length: > 0 } key]
            ? new(bucket, key)
            : null;

    private static T Parse<T>(byte[] json, string place, JsonTypeInfo<T> shape)
    {
        try
        {
            return JsonSerializer.Deserialize(json, shape) ?? throw new ScarException($"'{place}' is null");
        }
        catch (JsonException e)
        {
            throw new ScarException($"'{place}' is not as 'scarnet init' writes it: {e.Message}", e);
        }
    }
}
