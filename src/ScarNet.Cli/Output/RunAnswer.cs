namespace ScarNet.Cli.Output;

internal sealed record RunAnswer(IReadOnlyList<StartedFunction> Functions);

/// <param name="Name">The function.</param>
/// <param name="Objects">On how many objects it was started.</param>
/// <param name="Jobs">The Batch jobs that were submitted for them; null when each object was an invocation of its own.</param>
internal sealed record StartedFunction(string Name, int Objects, IReadOnlyList<SubmittedJob>? Jobs = null);

/// <summary>A Batch job, under the names that <c>aws batch submit-job</c> prints.</summary>
/// <param name="JobName">Its name.</param>
/// <param name="JobId">Its id.</param>
/// <param name="Size">Number of its children; 1 is a plain job.</param>
internal sealed record SubmittedJob(string JobName, string JobId, int Size);
