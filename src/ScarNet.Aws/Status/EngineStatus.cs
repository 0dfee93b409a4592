namespace ScarNet.Aws.Status;

/// <summary>What the embedded engine is doing. Nothing pending and nothing running means that nothing will happen any more.</summary>
public sealed class EngineStatus : Amazon.Runtime.AmazonWebServiceResponse
{
    public string? Endpoint { get; set; }

    public int Pid { get; set; }

    /// <summary>The engine's directory.</summary>
    public string? Data { get; set; }

    /// <summary>Another one for other counts.</summary>
    public string? Mark { get; set; }

    public int Pending { get; set; }

    public int Running { get; set; }

    public int Failed { get; set; }

    public List<FunctionStatus> Functions { get; set; } = [];

    /// <summary>Batch jobs that never start as things are: the oldest three of each function.</summary>
    public List<StuckJob> Stuck { get; set; } = [];
}
