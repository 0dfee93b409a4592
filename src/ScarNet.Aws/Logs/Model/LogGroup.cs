namespace ScarNet.Aws.Logs.Model;

public sealed class LogGroup
{
    public string? LogGroupName { get; set; }

    public long? CreationTime { get; set; }

    public int? RetentionInDays { get; set; }

    public string? Arn { get; set; }

    public long? StoredBytes { get; set; }

    public string? LogGroupArn { get; set; }
}
