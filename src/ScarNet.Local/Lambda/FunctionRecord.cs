using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScarNet.Local.Lambda;

/// <summary>A function as the engine keeps it, or one of its published versions. Every change makes a new one.</summary>
internal sealed record FunctionRecord
{
    public required string Name { get; init; }

    public required string Arn { get; init; }

    public required string Role { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Empty for images.</summary>
    public string Handler { get; init; } = "";

    /// <summary>Empty for images.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>Image, or null for a zip.</summary>
    public string? ImageUri { get; init; }

    public ImageSettings Image { get; init; } = new(null, null, null);

    /// <summary>Lower-case hex digest of the zip, or of the image's name.</summary>
    public required string CodeSha256 { get; init; }

    public long CodeBytes { get; init; }

    public int MemoryMiB { get; init; } = 128;

    public int TimeoutSeconds { get; init; } = 3;

    public int EphemeralMiB { get; init; } = 512;

    public string Architecture { get; init; } = "x86_64";

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>ARN of DeadLetterConfig, or null.</summary>
    public string? DeadLetterArn { get; init; }

    /// <summary>Log group of LoggingConfig, or null for the usual one.</summary>
    public string? CustomLogGroup { get; init; }

    /// <summary>What has no meaning on one machine (VpcConfig and its like): kept, and told as it was given.</summary>
    public IReadOnlyDictionary<string, JsonElement> Untouched { get; init; } = new Dictionary<string, JsonElement>();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<PolicyStatement> Policy { get; init; } = [];

    /// <summary>Most invocations at once; 0 lets none in, null is the engine's bound alone.</summary>
    public int? ReservedConcurrency { get; init; }

    public EventInvokeSettings? EventInvoke { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    /// <summary>Changes with every change.</summary>
    public required string RevisionId { get; init; }

    /// <summary>Changes with code and configuration: a warm process of another one is not used again.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>$LATEST, or the number of the version that this is.</summary>
    public string Version { get; init; } = FunctionName.Latest;

    /// <summary>Of a published version, a digest of the $LATEST it was made from.</summary>
    public string? PublishedFrom { get; init; }

    /// <summary>What is published, oldest first; a version itself has none.</summary>
    public IReadOnlyList<FunctionRecord> Versions { get; init; } = [];

    /// <summary>Number that was given last: none is given twice.</summary>
    public int LastVersion { get; init; }

    /// <summary>By their names.</summary>
    public IReadOnlyDictionary<string, FunctionAlias> Aliases { get; init; } = new Dictionary<string, FunctionAlias>();

    /// <summary>What versions and aliases have of their own, by number or name.</summary>
    public IReadOnlyDictionary<string, QualifierSettings> Qualified { get; init; } = new Dictionary<string, QualifierSettings>();

    /// <summary>Version or alias by which it is asked for; null when it is asked for by its name alone.</summary>
    [JsonIgnore]
    public string? Qualifier { get; init; }

    /// <summary>As it is asked for.</summary>
    [JsonIgnore]
    public string QualifiedArn => Qualifier is null ? Arn : $"{Arn}:{Qualifier}";

    [JsonIgnore]
    public string LogGroup => CustomLogGroup ?? $"/aws/lambda/{Name}";
}

/// <summary>ImageConfig. A null is the image's own.</summary>
internal sealed record ImageSettings(IReadOnlyList<string>? EntryPoint, IReadOnlyList<string>? Command, string? WorkingDirectory);

/// <summary>What an asynchronous invocation may do. A null is Lambda's default: two retries, six hours, no destination.</summary>
internal sealed record EventInvokeSettings(
    int? MaximumRetryAttempts, int? MaximumEventAgeSeconds, string? OnSuccessArn, string? OnFailureArn, DateTimeOffset LastModified);

/// <summary>A name for a version, which can be moved to another.</summary>
internal sealed record FunctionAlias(string FunctionVersion, string Description, string RevisionId);

/// <summary>What is said of one version or alias, and of no other.</summary>
internal sealed record QualifierSettings(IReadOnlyList<PolicyStatement> Policy, EventInvokeSettings? EventInvoke);

/// <summary>One statement of a function's policy.</summary>
internal sealed record PolicyStatement(
    string Sid, string Principal, string Action, string? SourceArn, string? SourceAccount, string? PrincipalOrgId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FunctionRecord))]
internal sealed partial class FunctionJson : JsonSerializerContext;
