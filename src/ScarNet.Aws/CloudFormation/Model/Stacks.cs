using Amazon.Runtime;

namespace ScarNet.Aws.CloudFormation.Model;

public sealed class DescribeStacksRequest : AmazonWebServiceRequest
{
    /// <summary>Name or id: a stack that is gone is found by its id.</summary>
    public string? StackName { get; set; }
}

public sealed class DescribeStacksResponse : AmazonWebServiceResponse
{
    public List<Stack> Stacks { get; set; } = [];
}

#pragma warning disable CA1711 // the SDK's own name
public sealed class Stack
#pragma warning restore CA1711
{
    public string? StackId { get; set; }

    public string? StackName { get; set; }

    public string? StackStatus { get; set; }

    public string? StackStatusReason { get; set; }

    public List<Parameter> Parameters { get; set; } = [];

    public Dictionary<string, string> Outputs { get; set; } = [];
}

public sealed class DescribeStackEventsRequest : AmazonWebServiceRequest
{
    public string? StackName { get; set; }

    public string? NextToken { get; set; }
}

public sealed class DescribeStackEventsResponse : AmazonWebServiceResponse
{
    /// <summary>The newest first.</summary>
    public List<StackEvent> StackEvents { get; set; } = [];

    public string? NextToken { get; set; }
}

public sealed class StackEvent
{
    public string? EventId { get; set; }

    public string? LogicalResourceId { get; set; }

    public string? PhysicalResourceId { get; set; }

    public string? ResourceType { get; set; }

    public string? ResourceStatus { get; set; }

    public string? ResourceStatusReason { get; set; }
}

public sealed class DeleteStackRequest : AmazonWebServiceRequest
{
    public string? StackName { get; set; }
}

public sealed class DeleteStackResponse : AmazonWebServiceResponse;
