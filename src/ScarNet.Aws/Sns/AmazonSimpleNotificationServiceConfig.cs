using ScarNet.Aws.Http;

namespace ScarNet.Aws.Sns;

/// <summary>Configuration of <see cref="AmazonSimpleNotificationServiceClient"/>.</summary>
public sealed class AmazonSimpleNotificationServiceConfig()
    : JsonClientConfig(new ServiceIdentity("SNS", "sns", AmazonSimpleNotificationServiceClient.Version));
