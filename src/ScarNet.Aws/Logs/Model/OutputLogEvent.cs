namespace ScarNet.Aws.Logs.Model;

public sealed class OutputLogEvent
{
    public long? Timestamp { get; set; }

    public string? Message { get; set; }

    public long? IngestionTime { get; set; }
}
