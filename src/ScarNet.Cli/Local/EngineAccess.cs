using ScarNet.Aws;
using ScarNet.Local;

namespace ScarNet.Cli.Local;

/// <summary>How to talk to a running engine.</summary>
internal sealed record EngineAccess(string Endpoint, string Region, string AccessKey, string SecretKey, int Pid)
{
    public AwsSettings AwsSettings => new() { Endpoint = Endpoint, Region = Region, AccessKey = AccessKey, SecretKey = SecretKey };

    public static EngineAccess Of(Engine engine) =>
        new(engine.Endpoint.GetLeftPart(UriPartial.Authority), engine.Region, engine.AccessKey, engine.SecretKey, Environment.ProcessId);

    /// <summary>What other AWS clients need in their environment.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables =>
    [
        ("AWS_ENDPOINT_URL", Endpoint),
        ("AWS_ACCESS_KEY_ID", AccessKey),
        ("AWS_SECRET_ACCESS_KEY", SecretKey),
        ("AWS_REGION", Region),
        ("AWS_DEFAULT_REGION", Region),
    ];
}
