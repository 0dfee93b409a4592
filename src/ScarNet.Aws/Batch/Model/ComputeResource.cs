namespace ScarNet.Aws.Batch.Model;

public sealed class ComputeResource
{
    public string? Type { get; set; }

    public string? AllocationStrategy { get; set; }

    public int? MinvCpus { get; set; }

    public int? MaxvCpus { get; set; }

    public int? DesiredvCpus { get; set; }

    public List<string>? InstanceTypes { get; set; }

    public string? ImageId { get; set; }

    public List<string>? Subnets { get; set; }

    public List<string>? SecurityGroupIds { get; set; }

    public string? Ec2KeyPair { get; set; }

    public string? InstanceRole { get; set; }

    public Dictionary<string, string>? Tags { get; set; }

    public string? PlacementGroup { get; set; }

    public int? BidPercentage { get; set; }

    public string? SpotIamFleetRole { get; set; }

    public LaunchTemplateSpecification? LaunchTemplate { get; set; }
}
