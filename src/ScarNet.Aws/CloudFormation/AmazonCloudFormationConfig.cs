using ScarNet.Aws.Http;

namespace ScarNet.Aws.CloudFormation;

/// <summary>Configuration of <see cref="AmazonCloudFormationClient"/>.</summary>
public sealed class AmazonCloudFormationConfig()
    : JsonClientConfig(new ServiceIdentity("CloudFormation", "cloudformation", AmazonCloudFormationClient.Version));
