using System.Text.Json.Nodes;

namespace ScarNet.Local.Batch;

/// <summary>A checked SubmitJob request.</summary>
internal sealed record JobRequest
{
    public const int MaxBytes = 30 * 1024;
    public const int MaxDependencies = 20;
    public const int MinArraySize = 2;
    public const int MaxArraySize = 10_000;
    public const int MaxAttempts = 10;
    public const int MinTimeoutSeconds = 60;
    public const int MaxTags = 50;

    /// <summary>Member of the stored document of a job of several containers.</summary>
    public const string Ecs = "ecsProperties";

    /// <summary>Member of the stored document with the definition's tags. It is not part of any answer.</summary>
    public const string DefinitionTags = "definitionTags";

    /// <summary>Member of the stored document with <see cref="OverridesLimit.Length"/>. It is not part of any answer.</summary>
    public const string OverridesLength = "overridesLength";

    public required string Name { get; init; }

    public required string Queue { get; init; }

    /// <summary>Name, name:revision or ARN.</summary>
    public required string Definition { get; init; }

    public required JsonObject Body { get; init; }

    public int? ArraySize { get; init; }

    public required IReadOnlyList<JobDependency> DependsOn { get; init; }

    /// <param name="body">The request.</param>
    /// <param name="bytes">Its length on the wire.</param>
    /// <exception cref="Http.ApiException">Something in it is not allowed.</exception>
    public static JobRequest Read(JsonObject body, long bytes)
    {
        if (bytes > MaxBytes)
        {
            throw BatchFault.Client($"Job size must be less than {MaxBytes / 1024} KiB, got {(bytes + 1023) / 1024} KiB");
        }

        Unsupported.Check(body, "nodeOverrides", "eksPropertiesOverride");
        CheckRetry(body);
        CheckTimeout(body);
        CheckTags(body);
        var size = body.Object("arrayProperties")?.Integer("size");
        if (size is not null and (< MinArraySize or > MaxArraySize))
        {
            throw BatchFault.Client($"Array size must be between {MinArraySize} and {MaxArraySize}, got {size}");
        }

        return new JobRequest
        {
            Name = BatchNames.CheckedJob(body.Required("jobName")),
            Queue = body.Required("jobQueue"),
            Definition = body.Required("jobDefinition"),
            Body = body,
            ArraySize = size,
            DependsOn = JobDependency.Read(body, size),
        };
    }

    /// <summary>What is stored: the part of DescribeJobs' answer that does not change, and the definition's tags.</summary>
    /// <param name="jobId">The new job's id.</param>
    /// <param name="definition">The document of the job definition.</param>
    public JsonObject Document(string jobId, JsonObject definition)
    {
        var document = Body.Copy("shareIdentifier", "dependsOn", "tags");
        foreach (var inherited in (ReadOnlySpan<string>)["retryStrategy", "timeout", "propagateTags"])
        {
            if ((Body[inherited] ?? definition[inherited]) is { } value)
            {
                document[inherited] = value.DeepClone();
            }
        }

        if ((Body["schedulingPriorityOverride"] ?? definition["schedulingPriority"]) is { } priority)
        {
            document["schedulingPriority"] = priority.DeepClone();
        }

        var parameters = new Dictionary<string, string>(definition.Map("parameters"));
        foreach (var (name, value) in Body.Map("parameters"))
        {
            parameters[name] = value;
        }

        document["parameters"] = Texts(parameters);
        var overrides = Body.Object("containerOverrides");
        if (definition.Object("ecsProperties") is { } ecs)
        {
            document[Ecs] = overrides is null
                ? TaskContainer.Apply(ecs, Body.Object("ecsPropertiesOverride"))
                : throw BatchFault.Client("containerOverrides are for jobs of one container: a job with ecsProperties takes ecsPropertiesOverride");
            document[OverridesLength] = Body["ecsPropertiesOverride"]?.ToJsonString().Length ?? 0;
        }
        else
        {
            var container = Body["ecsPropertiesOverride"] is null
                ? ContainerMerge.Apply(definition.Object("containerProperties")!, overrides)
                : throw BatchFault.Client("ecsPropertiesOverride is for jobs with ecsProperties: this one takes containerOverrides");
            document["container"] = container;
            document[OverridesLength] = LengthOfOverrides(jobId, container, overrides, parameters);
        }

        if (definition["platformCapabilities"] is { } platforms)
        {
            document["platformCapabilities"] = platforms.DeepClone();
        }

        document[DefinitionTags] = Texts(definition.Map("tags"));
        return document;
    }

    private int LengthOfOverrides(string jobId, JsonObject container, JsonObject? overrides, Dictionary<string, string> parameters)
    {
        var (command, replaced) = References.Resolve(container.Texts("command"), parameters);
        var environment = new Dictionary<string, string>(overrides?.Pairs("environment") ?? new Dictionary<string, string>());
        foreach (var (name, value) in JobEnvironment.OfBatch(jobId, Queue, Queue, 1))
        {
            environment[name] = value;
        }

        return OverridesLimit.Length(replaced || overrides?["command"] is not null ? command : null, environment);
    }

    public static void CheckRetry(JsonObject body)
    {
        var retry = body.Object("retryStrategy");
        if (retry?.Integer("attempts") is { } attempts and (< 1 or > MaxAttempts))
        {
            throw BatchFault.Client($"attempts of retryStrategy must be between 1 and {MaxAttempts}, got {attempts}");
        }

        ExitRules.Read(retry);
    }

    public static void CheckTimeout(JsonObject body)
    {
        if (body.Object("timeout") is { } timeout && timeout.Integer("attemptDurationSeconds") is not >= MinTimeoutSeconds)
        {
            throw BatchFault.Client($"attemptDurationSeconds of timeout must be at least {MinTimeoutSeconds} seconds");
        }
    }

    public static void CheckTags(JsonObject body)
    {
        var tags = body.Map("tags");
        if (tags.Count > MaxTags)
        {
            throw BatchFault.Client($"there may be at most {MaxTags} tags, got {tags.Count}");
        }

        if (tags.FirstOrDefault(tag => tag.Key.Length is 0 or > 128 || tag.Value.Length > 256) is { Key: { } key })
        {
            throw BatchFault.Client($"tag '{key}': a key has 1 to 128 characters and a value up to 256");
        }
    }

    private static JsonObject Texts(IEnumerable<KeyValuePair<string, string>> values) =>
        new(values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value)));
}

/// <summary>One entry of dependsOn.</summary>
/// <param name="JobId">Null only with <see cref="Sequential"/>.</param>
/// <param name="Kind">One of the constants.</param>
internal sealed record JobDependency(string? JobId, string Kind)
{
    /// <summary>The whole job, an array with all its children.</summary>
    public const string Plain = "PLAIN";

    /// <summary>Child n waits for child n of another array.</summary>
    public const string NToN = "N_TO_N";

    /// <summary>Child n waits for child n-1 of its own array.</summary>
    public const string Sequential = "SEQUENTIAL";

    public static IReadOnlyList<JobDependency> Read(JsonObject body, int? arraySize)
    {
        var given = body.Objects("dependsOn");
        if (given.Count > JobRequest.MaxDependencies)
        {
            throw BatchFault.Client($"a job may depend on at most {JobRequest.MaxDependencies} jobs, got {given.Count}");
        }

        return [.. given.Select(entry => Checked(new(entry.Text("jobId"), entry.Text("type") ?? Plain), arraySize)).Distinct()];
    }

    private static JobDependency Checked(JobDependency dependency, int? arraySize) => dependency switch
    {
        { Kind: not (Plain or NToN or Sequential) } =>
            throw BatchFault.Client($"type '{dependency.Kind}' of dependsOn must be {NToN} or {Sequential}"),
        { Kind: not Plain } when arraySize is null =>
            throw BatchFault.Client($"dependsOn with the type {dependency.Kind} is for array jobs"),
        { Kind: not Sequential, JobId: null or "" } => throw BatchFault.Client("dependsOn needs a jobId"),
        { Kind: Sequential, JobId: not null } => throw BatchFault.Client("dependsOn with the type SEQUENTIAL takes no jobId"),
        _ => dependency,
    };
}
