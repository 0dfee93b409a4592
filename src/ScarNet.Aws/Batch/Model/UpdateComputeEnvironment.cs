using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class UpdateComputeEnvironmentRequest : AmazonWebServiceRequest
{
    public string? ComputeEnvironment { get; set; }

    public string? State { get; set; }

    public ComputeResourceUpdate? ComputeResources { get; set; }

    public string? ServiceRole { get; set; }

    public UpdatePolicy? UpdatePolicy { get; set; }
}

/// <summary>What becomes of jobs when machines are replaced.</summary>
public sealed class UpdatePolicy
{
    public bool? TerminateJobsOnUpdate { get; set; }

    /// <summary>1 to 360, default 30.</summary>
    public int? JobExecutionTimeoutMinutes { get; set; }
}

public sealed class UpdateComputeEnvironmentResponse : AmazonWebServiceResponse
{
    public string? ComputeEnvironmentName { get; set; }

    public string? ComputeEnvironmentArn { get; set; }
}
