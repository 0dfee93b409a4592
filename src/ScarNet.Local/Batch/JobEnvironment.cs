using ScarNet.Local.Access;

namespace ScarNet.Local.Batch;

/// <summary>The variables that a job sees. Source: docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html</summary>
internal static class JobEnvironment
{
    /// <summary>Tells a supervisor that its standard input ends when the engine does.</summary>
    private const string Lifeline = "SCARNET_LIFELINE";

    /// <param name="attempt">Which attempt.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="engine">Credentials, region and endpoint: what the job's role and the SDK's defaults are on AWS.</param>
    /// <param name="secrets">What was fetched for it.</param>
    public static IReadOnlyDictionary<string, string> Of(Attempt attempt, JobPlan plan, IReadOnlyDictionary<string, string> engine, IReadOnlyDictionary<string, string> secrets)
    {
        var variables = new Dictionary<string, string>(engine);
        foreach (var (name, value) in plan.Environment.Concat(secrets))
        {
            variables[name] = value;
        }

        if (plan.Environment.ContainsKey(ClientVariables.AccessKey) && !plan.Environment.ContainsKey(ClientVariables.Token))
        {
            variables.Remove(ClientVariables.Token); // the job brings keys of its own
        }

        foreach (var (name, value) in OfBatch(attempt.JobId, attempt.Queue, attempt.ComputeEnvironment, attempt.Number))
        {
            variables[name] = value;
        }

        if (attempt.ArrayIndex is { } index)
        {
            variables["AWS_BATCH_JOB_ARRAY_INDEX"] = $"{index}";
            variables["AWS_BATCH_JOB_ARRAY_SIZE"] = $"{attempt.ArraySize}";
        }

        if (plan.Supervisor is not null)
        {
            variables[Lifeline] = "1";
        }

        return variables;
    }

    /// <summary>What Batch adds to every job.</summary>
    public static IReadOnlyDictionary<string, string> OfBatch(string jobId, string queue, string computeEnvironment, int attempt) =>
        new Dictionary<string, string>
        {
            ["AWS_BATCH_JOB_ID"] = jobId,
            ["AWS_BATCH_JOB_ATTEMPT"] = $"{attempt}",
            ["AWS_BATCH_JQ_NAME"] = queue,
            ["AWS_BATCH_CE_NAME"] = computeEnvironment,
        };
}
