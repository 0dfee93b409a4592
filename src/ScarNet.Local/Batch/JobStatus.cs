namespace ScarNet.Local.Batch;

/// <summary>Batch's states of a job, in the order in which a job goes through them. The numbers are stored.</summary>
internal enum JobStatus
{
    Submitted = 0,
    Pending = 1,
    Runnable = 2,
    Starting = 3,
    Running = 4,
    Succeeded = 5,
    Failed = 6,
}

/// <summary>The spelling of <see cref="JobStatus"/> on the wire.</summary>
internal static class JobStatuses
{
    public static readonly JobStatus[] All = Enum.GetValues<JobStatus>();

    public static string Format(JobStatus status) => status.ToString().ToUpperInvariant();

    public static JobStatus Parse(string text) => Array.Find(All, status => Format(status) == text) is var found && Format(found) == text
        ? found
        : throw BatchFault.Client($"jobStatus '{text}' must be one of {string.Join(", ", All.Select(Format))}");
}
