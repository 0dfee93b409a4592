namespace ScarNet.Local.CloudFormation;

/// <summary>A change set as the engine keeps it.</summary>
internal sealed record ChangeSetRecord
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string StackId { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>CREATE_COMPLETE, or FAILED when there is nothing to change.</summary>
    public required string Status { get; init; }

    public string? Reason { get; init; }

    /// <summary>AVAILABLE, UNAVAILABLE, EXECUTE_IN_PROGRESS, EXECUTE_COMPLETE, EXECUTE_FAILED, or OBSOLETE when another was executed.</summary>
    public required string Execution { get; init; }

    public string Description { get; init; } = "";

    public required string Template { get; init; }

    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    public required IReadOnlyList<StackChange> Changes { get; init; }
}

/// <param name="Action">Add, Modify, Remove or Import.</param>
/// <param name="Name">Logical id of the resource.</param>
/// <param name="Type">Such as AWS::S3::Bucket.</param>
/// <param name="PhysicalId">Of what is there; null for what is new.</param>
/// <param name="Replacement">Whether a Modify makes it anew.</param>
/// <param name="Fields">Properties that a Modify changes.</param>
internal sealed record StackChange(string Action, string Name, string Type, string? PhysicalId, bool Replacement, IReadOnlyList<string> Fields);

/// <summary>Something that happened to a stack or one of its resources.</summary>
internal sealed record StackEvent(string Id, DateTimeOffset Time, string Name, string PhysicalId, string Type, string Status, string? Reason)
{
    /// <summary>That a stack has come to its state.</summary>
    public static StackEvent Of(StackRecord stack, DateTimeOffset time, string? reason) =>
        new(Guid.NewGuid().ToString(), time, stack.Name, stack.Id, "AWS::CloudFormation::Stack", stack.Status, reason);

    /// <summary>That a resource has come to its state.</summary>
    public static StackEvent Of(StackResource resource) =>
        new(Guid.NewGuid().ToString(), resource.Time, resource.Name, resource.PhysicalId, resource.Type, resource.Status, resource.Reason);
}
