namespace ScarNet.Aws.Status;

/// <summary>Batch jobs by how far they are.</summary>
public sealed class JobCounts
{
    public int Pending { get; set; }

    public int Running { get; set; }

    public int Succeeded { get; set; }

    public int Failed { get; set; }
}
