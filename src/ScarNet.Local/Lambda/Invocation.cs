namespace ScarNet.Local.Lambda;

/// <summary>One attempt of a request, as the runtime gets it.</summary>
/// <param name="RequestId">Lambda's request id.</param>
/// <param name="FunctionArn">As the function was called: with the version or alias, when one was named.</param>
/// <param name="Payload">JSON.</param>
/// <param name="TraceId">X-Amzn-Trace-Id.</param>
internal sealed record Invocation(string RequestId, string FunctionArn, byte[] Payload, string TraceId)
{
    /// <summary>Root=1-(8 digits of time)-(24 of chance). Source: docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html</summary>
    public static string NewTraceId(DateTimeOffset now) =>
        $"Root=1-{now.ToUnixTimeSeconds():x8}-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12))};Sampled=0";
}

/// <summary>How an attempt ended.</summary>
/// <param name="Payload">The function's answer, or the JSON of its error.</param>
/// <param name="Error">Null when it succeeded; else what X-Amz-Function-Error says.</param>
/// <param name="LogTail">The last 4 KiB of its log.</param>
internal sealed record InvocationResult(byte[] Payload, string? Error, byte[] LogTail)
{
    public bool Succeeded => Error is null;
}

/// <summary>What a runtime answered, or what became of it instead.</summary>
/// <param name="Payload">Body.</param>
/// <param name="Failed">Whether it is an error.</param>
internal sealed record RuntimeAnswer(byte[] Payload, bool Failed)
{
    /// <summary>Whether the process can be used again.</summary>
    public bool Reusable { get; init; } = true;

    /// <summary>The process was gone before it took the event: another may have it.</summary>
    public bool NotTaken { get; init; }

    /// <summary>A line for the log; null when the runtime has said all itself.</summary>
    public string? LogLine { get; init; }

    public static RuntimeAnswer Fault(string errorType, string message, string? logLine = null) => new(Body(errorType, message), Failed: true)
    {
        Reusable = false,
        LogLine = logLine,
    };

    private static byte[] Body(string errorType, string message) => Wire.JsonOutput.Bytes(
        new System.Text.Json.Nodes.JsonObject { ["errorType"] = errorType, ["errorMessage"] = message });
}
