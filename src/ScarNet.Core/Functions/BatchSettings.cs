namespace ScarNet.Core.Functions;

/// <summary>What a function asks of AWS Batch.</summary>
public sealed record BatchSettings
{
    /// <summary>Virtual CPUs of one job. Default 1. Source: docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html</summary>
    public decimal Vcpus { get; init; } = 1;

    /// <summary>Memory of one job in MiB, a hard limit. At least 4, default 1024. Source: the same.</summary>
    public int MemoryMiB { get; init; } = 1024;

    /// <summary>GPUs of one job. Default 0; <c>enable_gpu: true</c> is 1.</summary>
    public int Gpus { get; init; }

    /// <summary>Longest time one attempt may take. At least 60 s; null is no limit. Source: API_JobTimeout.html</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Environment of the job only, over the function's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The user's own queue, by name or ARN; null is the shared one that <c>init</c> makes.</summary>
    public string? Queue { get; init; }

    /// <summary>GB of the volume at <c>/scratch</c> of its machines, which their jobs share. 1–16,384, default 100; 0 is none.</summary>
    public int ScratchGb { get; init; } = 100;

    /// <summary>GB of its machines' root volume, where images and containers lie. 30–16,384; null is what the machine image says, 30.</summary>
    public int? RootGb { get; init; }

    /// <summary>Image that holds the supervisor at /opt/scarnet/supervisor; null is one that gets it from its machine.</summary>
    public string? RunnerImage { get; init; }

    public string? ServiceRole { get; init; }

    public string? JobRole { get; init; }

    /// <summary>ENABLED or DISABLED: the state of the compute environment and the queue.</summary>
    public string State { get; init; } = "ENABLED";

    /// <summary>Only MANAGED is supported.</summary>
    public string Type { get; init; } = "MANAGED";

    public ComputeResources Compute { get; init; } = new();

    /// <summary>Whether its jobs run on Fargate; of a queue of the user's nothing is known, and EC2 is taken.</summary>
    public bool OnFargate => Compute.Type.StartsWith("FARGATE", StringComparison.Ordinal) && Queue is null;

    public MultiNodeSettings? MultiNode { get; init; }
}
