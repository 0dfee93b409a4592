namespace ScarNet.Aws.Status;

/// <summary>Batch jobs by how far they are.</summary>
public sealed class JobCounts
{
    public int Pending { get; set; }

    public int Running { get; set; }

    public int Succeeded { get; set; }

    public int Failed { get; set; }

    /// <summary>Of <see cref="Pending"/>: those that wait for other jobs.</summary>
    public int Waiting { get; set; }

    /// <summary>Of <see cref="Pending"/>: those that never start as things are. <see cref="EngineStatus.Stuck"/> says why.</summary>
    public int Stuck { get; set; }
}
