using ScarNet.Core.Functions;
using ScarNet.Core.Tasks;

namespace ScarNet.Core.Jobs;

/// <summary>
/// What the supervisor must know of its function, as <c>init</c> wrote it. In a zip function it is <c>function.json</c> beside the
/// bootstrap; elsewhere it comes as <see cref="SupervisorVariables.Spec"/> (the JSON itself) or as
/// <see cref="SupervisorVariables.SpecUri"/> with <see cref="SupervisorVariables.SpecSha256"/>.
/// </summary>
public sealed record JobSpec
{
    // A member that the JSON leaves out is set to null or zero when it is read: those that have a default turn that into it.
    private const int DefaultMaxHops = 32;

    public required string Function { get; init; }

    public required string Pipeline { get; init; }

    public required ExecutionMode Mode { get; init; }

    public required ScriptSpec Script { get; init; }

    /// <summary>See <see cref="CommandShell"/>: what runs <see cref="Script"/> when that is a <see cref="CommandList"/>; null when it is a script.</summary>
    public IReadOnlyList<string>? Shell { get; init; }

    /// <summary>See <see cref="FunctionDefinition.Parameters"/>.</summary>
    public IReadOnlyDictionary<string, string?> Parameters { get; init => field = value ?? new Dictionary<string, string?>(); }
        = new Dictionary<string, string?>();

    public StartDirectory StartDirectory { get; init; }

    public Compatibility Compatibility { get; init; }

    public IReadOnlyList<InputRule> Inputs { get; init => field = value ?? []; } = [];

    public IReadOnlyList<InputRule> References { get; init => field = value ?? []; } = [];

    /// <summary>Directory of the machine that keeps references; null is one of the supervisor's own.</summary>
    public string? ReferenceCache { get; init; }

    public IReadOnlyList<FileSpec> Files { get; init => field = value ?? []; } = [];

    public PackageSpec? Package { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init => field = value ?? new Dictionary<string, string>(); }
        = new Dictionary<string, string>();

    /// <summary>Names of variables that are secret, each with where its value is kept (<see cref="SecretReference.ValueFrom"/>).</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init => field = value ?? new Dictionary<string, string>(); }
        = new Dictionary<string, string>();

    public IReadOnlyList<Trigger> Triggers { get; init => field = value ?? []; } = [];

    public IReadOnlyList<OutputRule> Outputs { get; init => field = value ?? []; } = [];

    public FailurePolicy OnFailure { get; init; }

    public bool Overwrite { get; init; }

    public int MaxHops { get; init => field = value > 0 ? value : DefaultMaxHops; } = DefaultMaxHops;

    /// <summary>Seconds of a Lambda's time kept for uploads.</summary>
    public double TimeoutThresholdSeconds { get; init; } = 10;

    /// <summary>Seconds an attempt of the Batch job may take; null is no limit. The lease of its claim follows it.</summary>
    public double? BatchTimeoutSeconds { get; init; }

    /// <summary>MiB a job has; null where it is not known. Only to be told: the service enforces it.</summary>
    public int? BatchMemoryMiB { get; init; }

    /// <summary>See <see cref="FunctionDefinition.Array"/>.</summary>
    public bool Array { get; init; }

    /// <summary>See <see cref="FunctionDefinition.ErrorTolerance"/>.</summary>
    public string? ErrorTolerance { get; init; }

    /// <summary>See <see cref="FunctionDefinition.After"/>.</summary>
    public IReadOnlyList<string> After { get; init => field = value ?? []; } = [];

    /// <summary>See <see cref="FunctionDefinition.Retries"/>.</summary>
    public int? Retries { get; init; }

    /// <summary>See <see cref="FunctionDefinition.RetryRules"/>.</summary>
    public RetryRules? RetryRules { get; init; }

    public bool SkipIfDone { get; init; }

    /// <summary>Container image the script runs in; null is none.</summary>
    public string? Image { get; init; }

    /// <summary>See <see cref="FunctionDefinition.DiskFactor"/>; null is 1.</summary>
    public double? DiskFactor { get; init; }

    /// <summary>Whether a job has a container for each of its <see cref="Phases"/>.</summary>
    public bool InPhases { get; init; }

    /// <summary>The container of the script, when that is another one than the supervisor's; null runs the script where the supervisor is.</summary>
    public SiblingSpec? Sibling { get; init; }

    /// <summary>What <see cref="Script"/> gets when it is a GA4GH task; null when it is none.</summary>
    public TaskSpec? Task { get; init; }

    /// <summary>What <see cref="Script"/> takes when it is a CWL tool; null when it is none.</summary>
    public CwlTool? Cwl { get; init; }

    public string LogLevel { get; init; } = "INFO";

    /// <summary>See <see cref="ArtifactKeys"/>.</summary>
    public required string ArtifactBucket { get; init; }

    public required string Account { get; init; }
}
