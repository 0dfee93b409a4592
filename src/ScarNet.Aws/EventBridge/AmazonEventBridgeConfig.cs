using ScarNet.Aws.Http;

namespace ScarNet.Aws.EventBridge;

/// <summary>Configuration of <see cref="AmazonEventBridgeClient"/>.</summary>
public sealed class AmazonEventBridgeConfig() : JsonClientConfig(new ServiceIdentity("EventBridge", "events", "2015-10-07"));
