using ScarNet.Aws.Http;

namespace ScarNet.Aws.Ec2;

/// <summary>Configuration of <see cref="AmazonEC2Client"/>.</summary>
public sealed class AmazonEC2Config() : JsonClientConfig(new ServiceIdentity("EC2", "ec2", "2016-11-15"));
