namespace ScarNet.Local.Batch;

/// <summary>A compute environment at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Enabled">Whether it takes new jobs.</param>
/// <param name="MaxMilliCpus">maxvCpus in thousandths.</param>
/// <param name="UsedMilliCpus">Taken by running jobs.</param>
internal sealed record Capacity(string Name, bool Enabled, int MaxMilliCpus, int UsedMilliCpus)
{
    public int FreeMilliCpus => MaxMilliCpus - UsedMilliCpus;
}

/// <summary>Where a job goes.</summary>
/// <param name="Environment">The compute environment that takes it now; null when none does.</param>
/// <param name="Never">Why none ever will, as statusReason tells it; null when it only has to wait.</param>
internal sealed record Placement(string? Environment, string? Never)
{
    /// <summary>How <see cref="Never"/> begins. Source: docs.aws.amazon.com/batch/latest/userguide/troubleshooting.html</summary>
    public const string Misconfiguration = "MISCONFIGURATION:";

    private static readonly Placement Wait = new(null, null);

    /// <summary>Decides for one job.</summary>
    /// <param name="milliCpus">What it asks for.</param>
    /// <param name="environments">The queue's, in their order.</param>
    /// <param name="machineMilliCpus">What this engine gives to Batch in all.</param>
    /// <param name="freeMilliCpus">What is left of it.</param>
    public static Placement Decide(int milliCpus, IReadOnlyList<Capacity> environments, int machineMilliCpus, int freeMilliCpus)
    {
        var enabled = environments.Where(environment => environment.Enabled).ToList();
        if (enabled.Count == 0)
        {
            return new Placement(null, Misconfiguration + "COMPUTE_ENVIRONMENT_DISABLED - every compute environment of the job queue is DISABLED");
        }

        if (!enabled.Any(environment => environment.MaxMilliCpus >= milliCpus))
        {
            var most = enabled.Max(environment => environment.MaxMilliCpus);
            return new Placement(
                null,
                $"{Misconfiguration}COMPUTE_ENVIRONMENT_MAX_RESOURCE - the job asks for {Cpus(milliCpus)} vCPUs, the compute environments of its queue have at most {Cpus(most)} (maxvCpus)");
        }

        if (machineMilliCpus < milliCpus)
        {
            return new Placement(
                null,
                $"{Misconfiguration}JOB_RESOURCE_REQUIREMENT - the job asks for {Cpus(milliCpus)} vCPUs, this engine gives Batch {Cpus(machineMilliCpus)}: ask for less, or start the engine with more");
        }

        return freeMilliCpus >= milliCpus && enabled.Find(environment => environment.FreeMilliCpus >= milliCpus) is { } fit
            ? new Placement(fit.Name, null)
            : Wait;
    }

    private static string Cpus(int milliCpus) => (milliCpus / 1000m).ToString("0.###");
}
