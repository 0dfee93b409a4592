using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class InvokeRequest : AmazonWebServiceRequest
{
    public string? FunctionName { get; set; }

    /// <summary>Version or alias; null is the function itself.</summary>
    public string? Qualifier { get; set; }

    /// <summary>RequestResponse (the default), Event or DryRun.</summary>
    public string? InvocationType { get; set; }

    /// <summary>Tail asks for the end of the log.</summary>
    public string? LogType { get; set; }

    /// <summary>JSON; null sends none.</summary>
    public MemoryStream? PayloadStream { get; set; }
}

public sealed class InvokeResponse : AmazonWebServiceResponse
{
    /// <summary>200 for RequestResponse, 202 for Event, 204 for DryRun.</summary>
    public int? StatusCode { get; set; }

    /// <summary>Set when the function failed: Handled or Unhandled.</summary>
    public string? FunctionError { get; set; }

    /// <summary>The last 4 KB of the log in base64.</summary>
    public string? LogResult { get; set; }

    public string? ExecutedVersion { get; set; }

    public MemoryStream? Payload { get; set; }
}
