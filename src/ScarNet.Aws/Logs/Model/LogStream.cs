namespace ScarNet.Aws.Logs.Model;

#pragma warning disable CA1711 // the name is CloudWatch's
public sealed class LogStream
{
    public string? LogStreamName { get; set; }

    public long? CreationTime { get; set; }

    public long? FirstEventTimestamp { get; set; }

    public long? LastEventTimestamp { get; set; }

    public long? LastIngestionTime { get; set; }

    public string? Arn { get; set; }

    public long? StoredBytes { get; set; }
}
