using ScarNet.Aws.Http;

namespace ScarNet.Aws.Logs;

/// <summary>Configuration of <see cref="AmazonCloudWatchLogsClient"/>.</summary>
public sealed class AmazonCloudWatchLogsConfig() : JsonClientConfig(new ServiceIdentity("CloudWatch Logs", "logs", "2014-03-28"));
