namespace ScarNet.Supervisor.Lambda;

/// <summary>What a call of the function answers.</summary>
/// <param name="Status">succeeded, submitted, superseded, duplicate or skipped: of several records the first that is not skipped.</param>
/// <param name="Outputs">Addresses of all objects written, at most <see cref="MaxOutputs"/> of them.</param>
/// <param name="Results">One for each record of the event.</param>
internal sealed record Answer(string Status, IReadOnlyList<string> Outputs, IReadOnlyList<Answer.Result> Results)
{
    // Lambda takes answers of up to 6 MB. Source: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private const int MaxOutputs = 1000;

    public static Answer Of(IReadOnlyList<Outcome> outcomes)
    {
        var status = outcomes.FirstOrDefault(o => o.Kind != Outcome.Kinds.Skipped)?.Kind ?? Outcome.Kinds.Skipped;
        var outputs = outcomes.SelectMany(o => o.Outputs).Take(MaxOutputs).Select(o => $"s3://{o.Bucket}/{o.Key}");
        return new(Name(status), [.. outputs], [.. outcomes.Select(Describe)]);
    }

    private static Result Describe(Outcome outcome) => new()
    {
        Status = Name(outcome.Kind),
        InvocationId = outcome.InvocationId,
        Source = outcome.Source?.ToString(),
        ExitCode = outcome.ExitCode,
        OutputCount = outcome.Outputs.Count,
        JobId = outcome.JobId,
        Reason = outcome.Reason,
    };

    private static string Name(Outcome.Kinds kind) => kind.ToString().ToLowerInvariant();

    internal sealed record Result
    {
        public required string Status { get; init; }

        public string? InvocationId { get; init; }

        public string? Source { get; init; }

        public int? ExitCode { get; init; }

        public int OutputCount { get; init; }

        public string? JobId { get; init; }

        public string? Reason { get; init; }
    }
}
