using ScarNet.Core.Events;

namespace ScarNet.Supervisor.Lambda;

/// <summary>
/// What S3 Batch Operations wants to hear: a result for each task.
/// Source: docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
/// </summary>
internal sealed record OperationAnswer(
    string InvocationSchemaVersion, string TreatMissingKeysAs, string InvocationId, IReadOnlyList<OperationAnswer.TaskResult> Results)
{
    public static OperationAnswer Of(BatchOperation operation, IReadOnlyList<Outcome> outcomes) => new(
        operation.SchemaVersion,
        "PermanentFailure",
        operation.InvocationId,
        [.. outcomes.Select(o => new TaskResult(o.TaskId ?? "", Code(o), o.Reason ?? o.Kind.ToString()))]);

    private static string Code(Outcome outcome) => outcome.Kind == Outcome.Kinds.Failed ? "PermanentFailure" : "Succeeded";

    internal sealed record TaskResult(string TaskId, string ResultCode, string ResultString);
}
