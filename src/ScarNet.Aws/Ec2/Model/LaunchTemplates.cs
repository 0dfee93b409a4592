using Amazon.Runtime;

namespace ScarNet.Aws.Ec2.Model;

public sealed class CreateLaunchTemplateRequest : AmazonWebServiceRequest
{
    public string? LaunchTemplateName { get; set; }

    public string? VersionDescription { get; set; }

    public LaunchTemplateData? LaunchTemplateData { get; set; }

    /// <summary>Of the template itself.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}

public sealed class CreateLaunchTemplateResponse : AmazonWebServiceResponse
{
    public LaunchTemplate? LaunchTemplate { get; set; }
}

public sealed class DescribeLaunchTemplatesRequest : AmazonWebServiceRequest
{
    public List<Filter>? Filters { get; set; }

    public string? NextToken { get; set; }
}

public sealed class DescribeLaunchTemplatesResponse : AmazonWebServiceResponse
{
    public List<LaunchTemplate>? LaunchTemplates { get; set; }

    public string? NextToken { get; set; }
}

public sealed class DeleteLaunchTemplateRequest : AmazonWebServiceRequest
{
    public string? LaunchTemplateName { get; set; }
}

public sealed class DeleteLaunchTemplateResponse : AmazonWebServiceResponse;

public sealed class LaunchTemplate
{
    public string? LaunchTemplateId { get; set; }

    public string? LaunchTemplateName { get; set; }

    public DateTimeOffset? CreateTime { get; set; }

    public Dictionary<string, string>? Tags { get; set; }
}

public sealed class LaunchTemplateData
{
    public List<BlockDeviceMapping>? BlockDeviceMappings { get; set; }

    /// <summary>Base64.</summary>
    public string? UserData { get; set; }

    public MetadataOptions? MetadataOptions { get; set; }

    /// <summary>Tags of the machines and of their volumes.</summary>
    public Dictionary<string, string>? MachineTags { get; set; }
}

public sealed class BlockDeviceMapping
{
    public string? DeviceName { get; set; }

    public EbsBlockDevice? Ebs { get; set; }
}

public sealed class EbsBlockDevice
{
    /// <summary>GiB.</summary>
    public int? VolumeSize { get; set; }

    public string? VolumeType { get; set; }

    public bool? Encrypted { get; set; }

    public bool? DeleteOnTermination { get; set; }
}

public sealed class MetadataOptions
{
    public string? HttpTokens { get; set; }

    public int? HttpPutResponseHopLimit { get; set; }
}
