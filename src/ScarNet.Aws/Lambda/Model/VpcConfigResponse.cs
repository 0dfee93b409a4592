namespace ScarNet.Aws.Lambda.Model;

public sealed class VpcConfigResponse
{
    public List<string>? SubnetIds { get; set; }

    public List<string>? SecurityGroupIds { get; set; }

    /// <summary>Empty when the function is in none.</summary>
    public string? VpcId { get; set; }
}
