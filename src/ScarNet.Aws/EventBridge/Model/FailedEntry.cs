namespace ScarNet.Aws.EventBridge.Model;

/// <summary>A target that was not put or not removed, though the call itself succeeded.</summary>
public sealed class FailedEntry
{
    public string? TargetId { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }
}
