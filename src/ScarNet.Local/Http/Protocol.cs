namespace ScarNet.Local.Http;

/// <summary>How a service's errors look, and whether its bodies are streams.</summary>
public enum Protocol
{
    /// <summary>S3: errors are XML, bodies stream and carry their own integrity.</summary>
    S3,

    /// <summary>REST-JSON and JSON-1.1 (Lambda, Batch, Logs, the engine's own): bodies are read and verified before the service sees them.</summary>
    Json,

    /// <summary>The query protocol (STS): form in, XML out; bodies as with <see cref="Json"/>.</summary>
    Query,

    /// <summary>EC2's query protocol: the same, with errors of a form of its own.</summary>
    Ec2,
}
