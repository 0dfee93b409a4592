using ScarNet.Aws.Http;

namespace ScarNet.Aws.Status;

/// <summary>Configuration of <see cref="StatusClient"/>. Only the embedded engine has this API, so it needs an endpoint.</summary>
public sealed class StatusConfig() : JsonClientConfig(new ServiceIdentity("ScarNet", "scarnet", "1"));
