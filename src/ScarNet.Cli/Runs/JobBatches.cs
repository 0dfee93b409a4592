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
    private const string ChildByChild = "N_TO_N";

    private readonly JobOverrides overrides = new(spec, parameters);
    private readonly List<ObjectEvent> waiting = [];
    private readonly List<JobBatches> followers = [];
    private readonly List<JobBatches> alongside = [];
    private readonly List<JobBatches> before = [];
    private IReadOnlyList<JobDependency>? finished;

    /// <summary>What was submitted so far.</summary>
    public List<SubmittedJob> Jobs { get; } = [];

    /// <summary>Lets another function's jobs follow over the same objects. Called in an order in which each comes behind those it waits for.</summary>
    /// <param name="follower">The other function.</param>
    /// <param name="waitsFor">What it waits for: this, or followers of this.</param>
    public void Lead(JobBatches follower, IEnumerable<JobBatches> waitsFor)
    {
        followers.Add(follower);
        follower.alongside.AddRange(waitsFor);
    }

    /// <summary>Lets its jobs wait for all jobs of functions over other objects, which have all been submitted when its first is.</summary>
    public void WaitFor(IEnumerable<JobBatches> others) => before.AddRange(others);

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

        await Submit(waiting, cancellation);
        foreach (var follower in followers)
        {
            await follower.Submit(waiting, cancellation);
        }

        waiting.Clear();
    }

    private async Task Submit(List<ObjectEvent> events, CancellationToken cancellation)
    {
        var isArray = events.Count >= ArrayManifest.MinSize;
        var (digest, placement) = isArray ? Array(events) : Single(events[0]);
        var request = new SubmitJobRequest
        {
            JobName = JobNames.Of(spec.Function, isArray ? "array" : events[0].Object.Key, digest),
            JobQueue = function.JobQueue,
            JobDefinition = function.JobDefinition,
            ArrayProperties = isArray ? new() { Size = events.Count } : null,
        };
        overrides.Put(request, placement.Environment);
        request.DependsOn = await Dependencies(isArray, cancellation);
        foreach (var upload in placement.Uploads)
        {
            using var content = new MemoryStream(upload.Content.ToArray());
            await clients.S3.PutObjectAsync(new() { BucketName = spec.ArtifactBucket, Key = upload.Key, InputStream = content }, cancellation);
        }

        Jobs.Add(new(request.JobName, await Submit(request, cancellation), events.Count));
    }

    private async Task<List<JobDependency>?> Dependencies(bool isArray, CancellationToken cancellation)
    {
        var joins = new JoinJobs(Join);
        finished ??= await joins.Reduce(
            [.. before.SelectMany(other => other.Jobs).Select(job => new JobDependency { JobId = job.JobId })], JoinJobs.MaxDependencies, cancellation);
        IReadOnlyList<JobDependency> all =
            [.. finished, .. alongside.Select(other => new JobDependency { JobId = other.Jobs[^1].JobId, Type = isArray ? ChildByChild : null })];
        return all.Count == 0 ? null : [.. await joins.Reduce(all, JoinJobs.MaxDependencies, cancellation)];
    }

    private Task<string> Join(List<JobDependency> dependencies, CancellationToken cancellation)
    {
        var request = new SubmitJobRequest
        {
            JobName = JobNames.Of(spec.Function, "join", Guid.NewGuid().ToString("N")),
            JobQueue = function.JobQueue,
            JobDefinition = function.JobDefinition,
            DependsOn = dependencies,
        };
        overrides.PutJoin(request);
        return Submit(request, cancellation);
    }

    private async Task<string> Submit(SubmitJobRequest request, CancellationToken cancellation)
    {
        var answer = await clients.Batch.SubmitJobAsync(request, cancellation);
        return answer.JobId ?? throw new ScarException($"Batch took the job '{request.JobName}' without giving it an id");
    }

    private (string Digest, Offload.Placement Placement) Array(List<ObjectEvent> events)
    {
        var placement = ArrayManifest.Place(spec, events);
        return (placement.Uploads[0].Sha256, placement);
    }

    private (string Digest, Offload.Placement Placement) Single(ObjectEvent e)
    {
        using var raw = ObjectCreated.Json(e);
        var id = Invocation.IdOf(spec.Function, e);
        return (id, Offload.OfEvent(new BatchEvent(e, System.Text.Encoding.UTF8.GetString(raw.ToArray()), id), spec, overrides.Length));
    }
}
