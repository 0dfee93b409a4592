using ScarNet.Aws.Http;

namespace ScarNet.Aws.SimpleSystemsManagement;

/// <summary>Configuration of <see cref="AmazonSimpleSystemsManagementClient"/>.</summary>
public sealed class AmazonSimpleSystemsManagementConfig() : JsonClientConfig(new ServiceIdentity("SSM", "ssm", "2014-11-06"));
