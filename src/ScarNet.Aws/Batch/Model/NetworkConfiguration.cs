namespace ScarNet.Aws.Batch.Model;

public sealed class NetworkConfiguration
{
    public string? AssignPublicIp { get; set; }
}
