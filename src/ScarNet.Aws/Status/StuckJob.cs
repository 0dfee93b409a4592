namespace ScarNet.Aws.Status;

/// <summary>A Batch job that never starts as things are.</summary>
public sealed class StuckJob
{
    /// <summary>Empty for a job that is no function's.</summary>
    public string Function { get; set; } = "";

    public string JobId { get; set; } = "";

    public string JobName { get; set; } = "";

    /// <summary>Its statusReason: what would have to be changed.</summary>
    public string Reason { get; set; } = "";
}
