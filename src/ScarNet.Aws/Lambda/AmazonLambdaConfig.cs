using ScarNet.Aws.Http;

namespace ScarNet.Aws.Lambda;

/// <summary>Configuration of <see cref="AmazonLambdaClient"/>.</summary>
public sealed class AmazonLambdaConfig() : JsonClientConfig(new ServiceIdentity("Lambda", "lambda", "2015-03-31"));
