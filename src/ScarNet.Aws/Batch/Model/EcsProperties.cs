namespace ScarNet.Aws.Batch.Model;

/// <summary>A job of several containers. Not in the models of every client: docs.aws.amazon.com/batch/latest/APIReference/API_EcsProperties.html</summary>
public sealed class EcsProperties
{
    public List<EcsTaskProperties>? TaskProperties { get; set; }
}

public sealed class EcsTaskProperties
{
    public List<TaskContainerProperties>? Containers { get; set; }

    public string? ExecutionRoleArn { get; set; }

    public string? TaskRoleArn { get; set; }

    public NetworkConfiguration? NetworkConfiguration { get; set; }

    public List<Volume>? Volumes { get; set; }
}

public sealed class TaskContainerProperties
{
    public string? Name { get; set; }

    public string? Image { get; set; }

    public bool? Essential { get; set; }

    public List<string>? Command { get; set; }

    public List<TaskContainerDependency>? DependsOn { get; set; }

    public List<KeyValuePair>? Environment { get; set; }

    public List<MountPoint>? MountPoints { get; set; }

    public List<Secret>? Secrets { get; set; }

    public bool? ReadonlyRootFilesystem { get; set; }

    public List<ResourceRequirement>? ResourceRequirements { get; set; }
}

public sealed class TaskContainerDependency
{
    public string? ContainerName { get; set; }

    /// <summary>START, COMPLETE or SUCCESS.</summary>
    public string? Condition { get; set; }
}
