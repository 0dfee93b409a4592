namespace ScarNet.Aws.Lambda.Model;

public sealed class VpcConfig
{
    public List<string>? SubnetIds { get; set; }

    public List<string>? SecurityGroupIds { get; set; }
}
