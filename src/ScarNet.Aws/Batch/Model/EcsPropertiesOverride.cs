namespace ScarNet.Aws.Batch.Model;

public sealed class EcsPropertiesOverride
{
    public List<TaskPropertiesOverride>? TaskProperties { get; set; }
}

public sealed class TaskPropertiesOverride
{
    public List<TaskContainerOverrides>? Containers { get; set; }
}

public sealed class TaskContainerOverrides
{
    public string? Name { get; set; }

    public List<string>? Command { get; set; }

    public List<KeyValuePair>? Environment { get; set; }

    public List<ResourceRequirement>? ResourceRequirements { get; set; }
}
