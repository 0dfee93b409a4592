using ScarNet.Aws;
using ScarNet.Aws.Batch;
using ScarNet.Aws.Batch.Model;
using ScarNet.Cli.Deployed;
using ScarNet.Cli.Output;
using ScarNet.Core;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Runs;

/// <summary>Submits objects of a function as Batch jobs: an array job for 2–10,000, several above, a plain job for one.</summary>
/// <param name="clients">The account.</param>
/// <param name="function">The function.</param>
/// <param name="spec">Its spec.</param>
/// <param name="parameters">The value of each of its parameters.</param>
internal sealed class JobBatches(AwsClients clients, DeployedFunction function, JobSpec spec, IReadOnlyDictionary<string, string> parameters)
{
    private readonly JobOverrides overrides = new(spec, parameters);
    private readonly List<ObjectEvent> waiting = [];

    /// <summary>What was submitted so far.</summary>
    public List<SubmittedJob> Jobs { get; } = [];

    /// <summary>Takes one object; submits when an array is full, so that the list of a large bucket is never held as a whole.</summary>
    public async Task Add(ObjectEvent e, CancellationToken cancellation)
    {
        waiting.Add(e);
        if (waiting.Count == ArrayManifest.MaxSize)
        {
            await Flush(cancellation);
        }
    }

    /// <summary>Submits what is left.</summary>
    public async Task Flush(CancellationToken cancellation)
    {
        if (waiting.Count == 0)
        {
            return;
        }

        var (digest, placement) = waiting.Count < ArrayManifest.MinSize ? Single(waiting[0]) : Array();
        var request = new SubmitJobRequest
        {
            JobName = JobNames.Of(spec.Function, waiting.Count < ArrayManifest.MinSize ? waiting[0].Object.Key : "array", digest),
            JobQueue = function.JobQueue,
            JobDefinition = function.JobDefinition,
            ArrayProperties = waiting.Count < ArrayManifest.MinSize ? null : new() { Size = waiting.Count },
        };
        overrides.Put(request, placement.Environment);
        foreach (var upload in placement.Uploads)
        {
            using var content = new MemoryStream(upload.Content.ToArray());
            await clients.S3.PutObjectAsync(new() { BucketName = spec.ArtifactBucket, Key = upload.Key, InputStream = content }, cancellation);
        }

        var answer = await clients.Batch.SubmitJobAsync(request, cancellation);
        Jobs.Add(new(
            answer.JobName ?? request.JobName,
            answer.JobId ?? throw new ScarException($"Batch took the job '{request.JobName}' without giving it an id"),
            waiting.Count));
        waiting.Clear();
    }

    private (string Digest, Offload.Placement Placement) Array()
    {
        var manifest = ArrayManifest.Of(spec.Function, waiting);
        return (manifest.Sha256, new(
            new Dictionary<string, string>
            {
                [SupervisorVariables.ArrayUri] = $"s3://{spec.ArtifactBucket}/{manifest.Key}",
                [SupervisorVariables.ArraySha256] = manifest.Sha256,
            },
            [manifest]));
    }

    private (string Digest, Offload.Placement Placement) Single(ObjectEvent e)
    {
        using var raw = ObjectCreated.Json(e);
        var id = Invocation.IdOf(spec.Function, e);
        return (id, Offload.OfEvent(
            new BatchEvent(e, System.Text.Encoding.UTF8.GetString(raw.ToArray()), id),
            spec,
            overrides.Length));
    }
}
