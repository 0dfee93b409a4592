namespace ScarNet.Cli.Deploy;

/// <summary>What becomes of the jobs that have not ended of a function that is taken away.</summary>
public enum JobFate
{
    /// <summary>Those that wait are cancelled, those that run are terminated.</summary>
    Cancel,

    /// <summary>They are waited for.</summary>
    Drain,

    /// <summary>They go on, and what they stand on stays: queue, job definition, job role.</summary>
    Keep,
}
