namespace ScarNet.Aws.Status;

/// <summary>Invocations of one function, and its Batch jobs.</summary>
public sealed class FunctionStatus
{
    public string Name { get; set; } = "";

    public int Pending { get; set; }

    public int Running { get; set; }

    public int Succeeded { get; set; }

    public int Failed { get; set; }

    public JobCounts Batch { get; set; } = new();
}
