namespace ScarNet.Core.Functions;

/// <summary>One entry of a function file: a script, perhaps an image, where its input comes from and where its output goes.</summary>
public sealed record FunctionDefinition
{
    /// <summary>1–64 of letters, digits, '-' and '_'. Source: docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html</summary>
    public required string Name { get; init; }

    /// <summary>Where the file names it.</summary>
    public Place? Place { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Container image the script runs in; null runs it on the host's own userland.</summary>
    public string? Image { get; init; }

    /// <summary>Absolute path of an image archive (<c>docker save</c>) that stands in for a registry.</summary>
    public string? ImageFile { get; init; }

    public ScriptSource? Script { get; init; }

    /// <summary>Absolute path of the script that <c>scarnet run</c> runs in place of <see cref="Script"/>.</summary>
    public string? RunScript { get; init; }

    /// <summary>Arguments of the script (<c>c_args</c>).</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Values that a call may give: name → default; null is required. See <see cref="Functions.Parameters"/>.</summary>
    public IReadOnlyDictionary<string, string?> Parameters { get; init; } = new Dictionary<string, string?>();

    /// <summary>See <see cref="CommandShell"/>.</summary>
    public IReadOnlyList<string> Shell { get; init; } = [];

    public StartDirectory StartDirectory { get; init; }

    public Compatibility Compatibility { get; init; }

    /// <summary>What a run needs besides the object that started it.</summary>
    public IReadOnlyList<InputRule> Inputs { get; init; } = [];

    /// <summary>Large files that many runs read: kept on the machine from one run to the next.</summary>
    public IReadOnlyList<InputRule> References { get; init; } = [];

    /// <summary>Absolute path of the machine's directory that keeps references; mounted into containers of jobs. Null is one of ScarNet's own.</summary>
    public string? ReferenceCache { get; init; }

    public IReadOnlyList<LocalFile> Files { get; init; } = [];

    /// <summary>Absolute path of a zip or a directory that is unpacked into every workspace.</summary>
    public string? Package { get; init; }

    public ExecutionMode Mode { get; init; } = ExecutionMode.Lambda;

    /// <summary>How a Batch job brings the supervisor and the image together.</summary>
    public LaunchMode Launch { get; init; }

    /// <summary>Whether a job's root file system is read-only: the workspace and what is mounted stay writable.</summary>
    public bool ReadOnlyRoot { get; init; }

    /// <summary>Environment of the script. Values are the text of the file, never retyped.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment of the Lambda function itself, which the script sees too.</summary>
    public IReadOnlyDictionary<string, string> LambdaEnvironment { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables of the script whose values are kept elsewhere, and only fetched where it runs.</summary>
    public IReadOnlyDictionary<string, SecretReference> Secrets { get; init; } = new Dictionary<string, SecretReference>();

    /// <summary>Memory of the Lambda function. 128–10,240, default 512. Source: API_CreateFunction.html</summary>
    public int MemoryMiB { get; init; } = 512;

    /// <summary>Timeout of the Lambda function. 1–900 s, default 300 s. Source: API_CreateFunction.html</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The part of <see cref="Timeout"/> kept for uploads: the script gets the rest. Default 10 s, at most half of it.</summary>
    public TimeSpan TimeoutThreshold { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Size of /tmp. 512–10,240, default 512. Source: API_EphemeralStorage.html</summary>
    public int EphemeralStorageMiB { get; init; } = 512;

    /// <summary>DEBUG, INFO, WARNING or ERROR.</summary>
    public string LogLevel { get; init; } = "INFO";

    public IReadOnlyList<Trigger> Triggers { get; init; } = [];

    /// <summary>Who tells it of the objects that its <see cref="Triggers"/> take.</summary>
    public EventRoute EventRoute { get; init; }

    public IReadOnlyList<OutputRule> Outputs { get; init; } = [];

    public FailurePolicy OnFailure { get; init; } = FailurePolicy.Keep;

    /// <summary>Whether a key that a run of another source object wrote may be overwritten.</summary>
    public bool Overwrite { get; init; }

    /// <summary>How many functions one object may pass through one after another. 1–1000, default 32.</summary>
    public int MaxHops { get; init; } = 32;

    /// <summary>Whether several objects of one event become one array job in place of a job each.</summary>
    public bool Array { get; init; }

    /// <summary>See <see cref="Functions.ErrorTolerance"/>: how many children of an array job may fail; null is none.</summary>
    public string? ErrorTolerance { get; init; }

    /// <summary>Functions whose jobs have to succeed before its own begin, when <c>scarnet run</c> submits them together.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>How often a failed run is tried again: 0–2 by Lambda (its own limit), 0–9 by Batch. Null is the service's default.</summary>
    public int? Retries { get; init; }

    /// <summary>Which exit codes of a job are tried again and which are not; null tries again whatever failed, <see cref="Retries"/> times.</summary>
    public RetryRules? RetryRules { get; init; }

    /// <summary>Whether a run is passed over whose work was done before: by the same script, on the same inputs, in the same environment.</summary>
    public bool SkipIfDone { get; init; }

    /// <summary>Free disk a run wants before it begins, as a multiple of its inputs' size. 0–1000, default 1: the inputs themselves.</summary>
    public double DiskFactor { get; init; } = 1;

    /// <summary>ARN of the execution role.</summary>
    public string? Role { get; init; }

    public string? Profile { get; init; }

    public string? Region { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>ARNs of layer versions, in the order in which Lambda unpacks them.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Most invocations of the Lambda function at once, kept free for it alone; 0 lets none in, null is what the account has left.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>The network of the Lambda function.</summary>
    public VpcSettings Vpc { get; init; } = VpcSettings.None;

    /// <summary>The file system of the Lambda function; null is none.</summary>
    public FileSystemMount? FileSystem { get; init; }

    /// <summary>ARN of the SQS queue or SNS topic that gets an event which Lambda gave up; null is none.</summary>
    public string? DeadLetter { get; init; }

    /// <summary>ARN of what gets the record of such an event: a queue, topic, function, event bus or bucket; null is none.</summary>
    public string? FailureDestination { get; init; }

    /// <summary>Days the log group keeps its events; one of the values CloudWatch Logs takes. Default 30.</summary>
    public int LogRetentionDays { get; init; } = 30;

    /// <summary>Bucket for what <c>init</c> uploads; null is the account's artifact bucket.</summary>
    public string? DeploymentBucket { get; init; }

    public BatchSettings Batch { get; init; } = new();

    /// <summary>Whether ECS acts for its jobs as a role of theirs: on Fargate, which has no machine's role, and to fetch secrets.</summary>
    public bool HasExecutionRole => Batch.OnFargate || Secrets.Count > 0;

    /// <summary>Fields that were read and checked but that nothing acts on yet: dotted path → the value's text.</summary>
    public IReadOnlyDictionary<string, string> NotUsedYet { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Where each given field stands: the member's path in this model (<c>MemoryMiB</c>, <c>Batch.Vcpus</c>, <c>Triggers.0</c>) → place.
    /// A member that is not in it has its default.
    /// </summary>
    public IReadOnlyDictionary<string, Place> Places { get; init; } = new Dictionary<string, Place>();

    /// <summary>Whether a file, the configuration or a flag said something about the member, or about one inside it.</summary>
    /// <param name="member">A key of <see cref="Places"/>, or the first parts of one.</param>
    public bool IsGiven(string member) =>
        Places.ContainsKey(member) || Places.Keys.Any(key => key.StartsWith(member + ".", StringComparison.Ordinal));

    /// <summary>Where the member was given, else what holds it, else where the function is named.</summary>
    public Place? PlaceOf(string member) =>
        Places.TryGetValue(member, out var place) ? place
        : member.LastIndexOf('.') is var dot and > 0 ? PlaceOf(member[..dot])
        : Place;
}
