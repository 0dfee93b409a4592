namespace ScarNet.Supervisor.JobState;

/// <summary>What a call of the job-state function answers.</summary>
/// <param name="Status">written; known: nothing was left to write; skipped: no job of its own.</param>
/// <param name="Reason">Why it was skipped.</param>
/// <param name="Notice">What the job's end is.</param>
internal sealed record JobStateAnswer(string Status, string? Reason, Notice? Notice);
