using System.Text.Json;
using Amazon.S3;
using ScarNet.Aws.Sns;
using ScarNet.Aws.Sns.Model;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Lambda;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.JobState;

/// <summary>The foundation's job-state function: EventBridge calls it with every end of a job of ScarNet's.</summary>
/// <param name="runtime">Lambda's side.</param>
/// <param name="s3">Holds claims and run records.</param>
/// <param name="sns">Takes the notices.</param>
/// <param name="surroundings">Its own environment.</param>
/// <param name="log">Its log.</param>
internal sealed class JobStateEntry(
    RuntimeApi runtime, IAmazonS3 s3, Lazy<AmazonSimpleNotificationServiceClient> sns, Surroundings surroundings, Log log)
{
    /// <summary>The function's handler: the same binary is every function's.</summary>
    public const string Handler = "job-state";

    private const string Topic = "SCARNET_NOTICE_TOPIC";
    private const string Artifacts = "SCARNET_ARTIFACTS";

    /// <param name="noMore">No further event is asked for.</param>
    /// <param name="ended">The supervisor's own end.</param>
    public async Task Run(CancellationToken noMore, CancellationToken ended)
    {
        while (await Next(noMore) is { } request)
        {
            try
            {
                await runtime.Answer(request.Id, await Handle(request.Payload, ended), SupervisorJson.Default.JobStateAnswer, ended);
            }
            catch (Exception e) when (!ended.IsCancellationRequested)
            {
                log.Error("the job's end could not be written", ("reason", Failures.Of(e, log).Message));
                await runtime.Fail(request.Id, ErrorAnswer.Of(e), ended); // Lambda calls again
            }
        }
    }

    private async Task<JobStateAnswer> Handle(byte[] payload, CancellationToken ended)
    {
        using var document = JsonDocument.Parse(payload);
        if (JobEnd.Of(document.RootElement) is not { } end)
        {
            return new("skipped", "it is no end of a job of AWS Batch", null);
        }

        if (Elsewhere(end) is { } why)
        {
            log.Warn("job passed over", ("jobId", end.JobId), ("reason", why));
            return new("skipped", why, null);
        }

        var specs = new Specs(new Surroundings(Variables(end), surroundings.BinaryDirectory, surroundings.StartDirectory), _ => s3);
        var spec = await specs.Spec(ended);
        var work = end.ArraySize is null ? await specs.Event(ended) : null;
        var written = end.ArraySize is null && await new RunCloser(new Documents(s3, spec.ArtifactBucket), log).Close(end, spec, work, ended);
        await Tell(Notice.Of(end, spec, work), work, ended);
        return new(written ? "written" : "known", null, Notice.Of(end, spec, work));
    }

    // The children's index is Batch's own variable: the event says it elsewhere.
    private static Dictionary<string, string> Variables(JobEnd end) => new(end.Variables, StringComparer.Ordinal)
    {
        ["AWS_BATCH_JOB_ID"] = end.JobId,
        ["AWS_BATCH_JOB_ARRAY_INDEX"] = end.ArrayIndex?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };

    /// <returns>Why it is none of this function's business; null when it is.</returns>
    private string? Elsewhere(JobEnd end) =>
        end.Variables.Count == 0 ? "its definition is none of 'scarnet init'"
        : end.Variables.TryGetValue(SupervisorVariables.SpecUri, out var uri) && surroundings[Artifacts] is { } bucket
            && !uri.StartsWith($"s3://{bucket}/", StringComparison.Ordinal) ? $"its function has an artifact bucket of its own: '{uri}'"
        : null;

    private async Task Tell(Notice notice, BatchEvent? work, CancellationToken ended)
    {
        if (surroundings[Topic] is not { } topic)
        {
            return;
        }

        await sns.Value.PublishAsync(
            new PublishRequest
            {
                TopicArn = topic,
                Subject = $"scarnet: {notice.Function} {(notice.Status == "FAILED" ? "failed" : "succeeded")}",
                Message = JsonSerializer.Serialize(notice, SupervisorJson.Default.Notice),
                MessageAttributes = Notice.Attributes(notice, work?.Object?.Object),
            },
            ended);
    }

    private async Task<LambdaRequest?> Next(CancellationToken noMore)
    {
        try
        {
            return await runtime.Next(noMore);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
