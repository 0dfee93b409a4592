using ScarNet.Aws.Http;

namespace ScarNet.Aws.Ecr;

/// <summary>Configuration of <see cref="AmazonECRClient"/>.</summary>
public sealed class AmazonECRConfig() : JsonClientConfig(new ServiceIdentity("ECR", "ecr", "2015-09-21") { HostPrefix = "api." });
