using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>What was done before, for functions that say <c>skip_if_done</c>.</summary>
/// <param name="s3">Where inputs and outputs are.</param>
/// <param name="listing">Lists inputs.</param>
/// <param name="documents">Where results are remembered.</param>
/// <param name="spec">The function.</param>
/// <param name="image">Tells the content of its image; null where that cannot be known.</param>
internal sealed class Results(
    IAmazonS3 s3, Listing listing, Documents documents, JobSpec spec, Func<CancellationToken, Task<string?>> image)
{
    private const int AtOnce = 16;

    /// <summary>Names the work; null when it cannot be known again, or shall not be.</summary>
    public async Task<string?> KeyOf(Work work, Log log, CancellationToken cancellation)
    {
        if (!spec.SkipIfDone || work.Source is not { } source || (source.ETag ?? source.VersionId) is not { } version)
        {
            return null;
        }

        var inputs = new List<InputVersion> { new(source.Object.ToString(), version) };
        var placeholders = new InputPlaceholders(spec.Function, work.RequestId, source.Object.Bucket, source.Object.Key);
        foreach (var rule in spec.Inputs.Concat(spec.References))
        {
            if (await Versions(rule, placeholders, cancellation) is not { } versions)
            {
                log.Info("the work cannot be known again: an input says nothing of its version", ("input", rule.Url));
                return null;
            }

            inputs.AddRange(versions);
        }

        var parameters = Parameters.Values(spec.Function, spec.Parameters, spec.Parameters.Count == 0 ? new Dictionary<string, string>() : work.Parameters);
        return ResultKey.Of(
            spec with { Parameters = parameters.ToDictionary(pair => pair.Key, string? (pair) => pair.Value) },
            new(spec.Function, work.RequestId, Path.GetFileNameWithoutExtension(source.Object.FileName)),
            inputs,
            await image(cancellation));
    }

    /// <summary>Work that was done and whose outputs are all still there, unchanged; null otherwise.</summary>
    public async Task<KnownResult?> Find(string key, CancellationToken cancellation)
    {
        if (await documents.Read(ArtifactKeys.Result(spec.Function, key), Json.Default.KnownResult, cancellation) is not { } found)
        {
            return null;
        }

        var changed = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(found.Content.Outputs, options, async (output, token) =>
        {
            if (await Head(output.Bucket, output.Key, token) is not { } head || head.ETag.Trim('"') != output.ETag || head.ContentLength != output.Size)
            {
                Interlocked.Increment(ref changed);
            }
        });
        return changed == 0 ? found.Content : null;
    }

    /// <summary>Remembers work that is done.</summary>
    public Task Keep(string key, RunRecord record, CancellationToken cancellation) => documents.Write(
        ArtifactKeys.Result(spec.Function, key),
        new KnownResult(record.InvocationId, TimeProvider.System.GetUtcNow(), record.Outputs),
        Json.Default.KnownResult,
        cancellation);

    private async Task<IReadOnlyList<InputVersion>?> Versions(InputRule rule, InputPlaceholders placeholders, CancellationToken cancellation)
    {
        if (rule.Sha256 is { } sha256)
        {
            return [new(rule.Url, sha256)];
        }

        if (!rule.IsS3)
        {
            return rule.IsHttp ? null : [new(rule.Url, null)]; // a file of the workspace: it comes with the function, or with another input
        }

        if (InputAddress.Of(rule, placeholders) is not { } address)
        {
            return [new(rule.Url, null)];
        }

        return address.Kind == InputAddress.Kinds.Object
            ? [new($"s3://{address.Bucket}/{address.Text}", (await Head(address.Bucket, address.Text, cancellation))?.ETag)]
            : await Listed(address, cancellation);
    }

    private async Task<IReadOnlyList<InputVersion>> Listed(InputAddress address, CancellationToken cancellation)
    {
        var found = new List<InputVersion>();
        await foreach (var entry in listing.Below(address.Bucket, address.ListedPrefix, cancellation))
        {
            if (address.Includes(entry.Object.Key))
            {
                found.Add(new(entry.Object.ToString(), entry.ETag));
            }
        }

        return found;
    }

    private async Task<GetObjectMetadataResponse?> Head(string bucket, string key, CancellationToken cancellation)
    {
        try
        {
            return await s3.Head(bucket, key, cancellation);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
