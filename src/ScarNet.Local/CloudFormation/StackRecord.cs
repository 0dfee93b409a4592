namespace ScarNet.Local.CloudFormation;

/// <summary>A stack as the engine keeps it.</summary>
internal sealed record StackRecord
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Updated { get; init; }

    /// <summary>As it was given; empty while the first change set waits.</summary>
    public string Template { get; init; } = "";

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Capabilities { get; init; } = [];

    public IReadOnlyList<StackOutput> Outputs { get; init; } = [];

    /// <summary>In the order they were made.</summary>
    public IReadOnlyList<StackResource> Resources { get; init; } = [];

    public bool IsGone => Status == "DELETE_COMPLETE";

    /// <summary>Whether something is being done to it.</summary>
    public bool IsBusy => Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) && Status != "REVIEW_IN_PROGRESS";

    public StackRecord With(StackResource resource) => this with
    {
        Resources = Resources.Any(one => one.Name == resource.Name)
            ? [.. Resources.Select(one => one.Name == resource.Name ? resource : one)]
            : [.. Resources, resource],
    };
}

/// <param name="Name">Its logical id.</param>
/// <param name="Type">Such as AWS::S3::Bucket.</param>
/// <param name="PhysicalId">What Ref gives.</param>
/// <param name="Properties">JSON: parameters and conditions resolved, references to other resources as they stand in the template.</param>
internal sealed record StackResource(string Name, string Type, string PhysicalId, string Properties)
{
    /// <summary>What Fn::GetAtt gives.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset Time { get; init; }

    public bool IsRetained { get; init; }

    /// <summary>False while it is being made, and when that was broken off: it may be there in part, or not at all.</summary>
    public bool IsMade => PhysicalId.Length > 0 && Status is not ("CREATE_IN_PROGRESS" or "CREATE_FAILED" or "IMPORT_IN_PROGRESS" or "IMPORT_FAILED");
}

internal sealed record StackOutput(string Name, string Value, string Description);
