using ScarNet.Aws.Http;

namespace ScarNet.Aws.Batch;

/// <summary>Configuration of <see cref="AmazonBatchClient"/>.</summary>
public sealed class AmazonBatchConfig() : JsonClientConfig(new ServiceIdentity("Batch", "batch", "2016-08-10"));
