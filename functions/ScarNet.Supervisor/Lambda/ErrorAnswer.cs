namespace ScarNet.Supervisor.Lambda;

/// <summary>How a failure reaches Lambda. Source: docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</summary>
internal sealed record ErrorAnswer(string ErrorMessage, string ErrorType, IReadOnlyList<string> StackTrace)
{
    /// <summary>One error that lists every failure of an event.</summary>
    public static ErrorAnswer Of(IReadOnlyList<Outcome> outcomes)
    {
        var failures = outcomes.Where(o => o.Kind == Outcome.Kinds.Failed).ToList();
        var lines = failures.Select(f => f.Source is { } source ? $"{source}: {f.Reason}" : f.Reason);
        var summary = outcomes.Count > 1 ? $"{failures.Count} of {outcomes.Count} records failed: " : "";
        return new(summary + string.Join("; ", lines), "ScarNet.RunFailed", []);
    }

    public static ErrorAnswer Of(Exception e) => new(e.Message, "ScarNet." + e.GetType().Name, []);
}
