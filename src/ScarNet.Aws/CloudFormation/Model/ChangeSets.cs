using Amazon.Runtime;

namespace ScarNet.Aws.CloudFormation.Model;

public sealed class Parameter
{
    public string? ParameterKey { get; set; }

    public string? ParameterValue { get; set; }

    public bool? UsePreviousValue { get; set; }
}

public sealed class CreateChangeSetRequest : AmazonWebServiceRequest
{
    public string? StackName { get; set; }

    /// <summary>At most 51,200 bytes.</summary>
    public string? TemplateBody { get; set; }

    public List<Parameter>? Parameters { get; set; }

    public List<string>? Capabilities { get; set; }

    public Dictionary<string, string>? Tags { get; set; }

    public string? ChangeSetName { get; set; }

    public string? Description { get; set; }

    /// <summary>CREATE or UPDATE.</summary>
    public string? ChangeSetType { get; set; }

    /// <summary>Whether what is there under the name of a resource that is kept is taken into the stack.</summary>
    public bool? ImportExistingResources { get; set; }
}

public sealed class CreateChangeSetResponse : AmazonWebServiceResponse
{
    public string? Id { get; set; }

    public string? StackId { get; set; }
}

public sealed class DescribeChangeSetRequest : AmazonWebServiceRequest
{
    public string? ChangeSetName { get; set; }

    public string? StackName { get; set; }

    public string? NextToken { get; set; }
}

public sealed class DescribeChangeSetResponse : AmazonWebServiceResponse
{
    /// <summary>CREATE_PENDING, CREATE_IN_PROGRESS, CREATE_COMPLETE, FAILED, …</summary>
    public string? Status { get; set; }

    public string? StatusReason { get; set; }

    public string? ExecutionStatus { get; set; }

    public List<ResourceChange> Changes { get; set; } = [];

    public string? NextToken { get; set; }
}

public sealed class ResourceChange
{
    /// <summary>Add, Modify, Remove, Import or Dynamic.</summary>
    public string? Action { get; set; }

    public string? LogicalResourceId { get; set; }

    public string? PhysicalResourceId { get; set; }

    public string? ResourceType { get; set; }

    /// <summary>Of a Modify: True, False or Conditional.</summary>
    public string? Replacement { get; set; }

    /// <summary>Names of the properties that change; "Tags", "Metadata" and their like where these do.</summary>
    public List<string> Fields { get; set; } = [];
}

public sealed class ExecuteChangeSetRequest : AmazonWebServiceRequest
{
    public string? ChangeSetName { get; set; }

    public string? StackName { get; set; }
}

public sealed class ExecuteChangeSetResponse : AmazonWebServiceResponse;

public sealed class DeleteChangeSetRequest : AmazonWebServiceRequest
{
    public string? ChangeSetName { get; set; }

    public string? StackName { get; set; }
}

public sealed class DeleteChangeSetResponse : AmazonWebServiceResponse;
