namespace ScarNet.Aws.Batch.Model;

/// <summary>What became of the containers of a job that has several.</summary>
public sealed class AttemptTaskDetail
{
    public string? ContainerInstanceArn { get; set; }

    public string? TaskArn { get; set; }

    public List<AttemptTaskContainerDetail>? Containers { get; set; }
}

public sealed class AttemptTaskContainerDetail
{
    public string? Name { get; set; }

    public int? ExitCode { get; set; }

    public string? Reason { get; set; }

    public string? LogStreamName { get; set; }
}
