using System.Xml.Linq;
using Amazon.Runtime;
using ScarNet.Aws.CloudFormation.Model;
using ScarNet.Aws.Http;

namespace ScarNet.Aws.CloudFormation;

/// <summary>CloudFormation, as far as change sets and their stacks go: the query protocol. Members carry the names of the SDK's own client.</summary>
/// <param name="credentials">Null takes the SDK's chain.</param>
/// <param name="config">Region or endpoint.</param>
public sealed class AmazonCloudFormationClient(AWSCredentials? credentials, AmazonCloudFormationConfig config)
    : QueryClient(credentials, config, (message, inner, type, code, request, status) => new AmazonCloudFormationException(message, inner, type, code, request, status))
{
    internal const string Version = "2010-05-15";

    public Task<CreateChangeSetResponse> CreateChangeSetAsync(CreateChangeSetRequest request, CancellationToken cancellationToken = default) => Ask(
        "CreateChangeSet",
        request,
        (r, form) => Add(
            form.Add("StackName", r.StackName).Add("ChangeSetName", r.ChangeSetName).Add("ChangeSetType", r.ChangeSetType)
                .Add("TemplateBody", r.TemplateBody).Add("Description", r.Description).Add("Tags", r.Tags)
                .Add("ImportExistingResources", Flag(r.ImportExistingResources)),
            r.Parameters,
            r.Capabilities),
        result => new CreateChangeSetResponse { Id = XmlAnswer.Text(result, "Id"), StackId = XmlAnswer.Text(result, "StackId") },
        cancellationToken);

    public Task<DescribeChangeSetResponse> DescribeChangeSetAsync(DescribeChangeSetRequest request, CancellationToken cancellationToken = default) => Ask(
        "DescribeChangeSet",
        request,
        (r, form) => form.Add("ChangeSetName", r.ChangeSetName).Add("StackName", r.StackName).Add("NextToken", r.NextToken),
        result => new DescribeChangeSetResponse
        {
            Status = XmlAnswer.Text(result, "Status"),
            StatusReason = XmlAnswer.Text(result, "StatusReason"),
            ExecutionStatus = XmlAnswer.Text(result, "ExecutionStatus"),
            Changes = [.. XmlAnswer.Members(result, "Changes").Select(change => XmlAnswer.Child(change, "ResourceChange")).OfType<XElement>().Select(Change)],
            NextToken = XmlAnswer.Text(result, "NextToken"),
        },
        cancellationToken);

    public Task<ExecuteChangeSetResponse> ExecuteChangeSetAsync(ExecuteChangeSetRequest request, CancellationToken cancellationToken = default) => Ask(
        "ExecuteChangeSet",
        request,
        (r, form) => form.Add("ChangeSetName", r.ChangeSetName).Add("StackName", r.StackName),
        _ => new ExecuteChangeSetResponse(),
        cancellationToken);

    public Task<DeleteChangeSetResponse> DeleteChangeSetAsync(DeleteChangeSetRequest request, CancellationToken cancellationToken = default) => Ask(
        "DeleteChangeSet",
        request,
        (r, form) => form.Add("ChangeSetName", r.ChangeSetName).Add("StackName", r.StackName),
        _ => new DeleteChangeSetResponse(),
        cancellationToken);

    public Task<DescribeStacksResponse> DescribeStacksAsync(DescribeStacksRequest request, CancellationToken cancellationToken = default) => Ask(
        "DescribeStacks",
        request,
        (r, form) => form.Add("StackName", r.StackName),
        result => new DescribeStacksResponse { Stacks = [.. XmlAnswer.Members(result, "Stacks").Select(StackIn)] },
        cancellationToken);

    public Task<DescribeStackEventsResponse> DescribeStackEventsAsync(DescribeStackEventsRequest request, CancellationToken cancellationToken = default) => Ask(
        "DescribeStackEvents",
        request,
        (r, form) => form.Add("StackName", r.StackName).Add("NextToken", r.NextToken),
        result => new DescribeStackEventsResponse
        {
            StackEvents = [.. XmlAnswer.Members(result, "StackEvents").Select(Event)],
            NextToken = XmlAnswer.Text(result, "NextToken"),
        },
        cancellationToken);

    public Task<DeleteStackResponse> DeleteStackAsync(DeleteStackRequest request, CancellationToken cancellationToken = default) => Ask(
        "DeleteStack", request, (r, form) => form.Add("StackName", r.StackName), _ => new DeleteStackResponse(), cancellationToken);

    private static string? Flag(bool? flag) => flag switch
    {
        true => "true",
        false => "false",
        null => null,
    };

    private static QueryForm Add(QueryForm form, List<Parameter>? parameters, List<string>? capabilities)
    {
        foreach (var (i, parameter) in (parameters ?? []).Index())
        {
            var at = $"Parameters.member.{i + 1}";
            form.Add($"{at}.ParameterKey", parameter.ParameterKey).Add($"{at}.ParameterValue", parameter.ParameterValue)
                .Add($"{at}.UsePreviousValue", Flag(parameter.UsePreviousValue));
        }

        return form.Add("Capabilities", capabilities);
    }

    private static ResourceChange Change(XElement change) => new()
    {
        Action = XmlAnswer.Text(change, "Action"),
        LogicalResourceId = XmlAnswer.Text(change, "LogicalResourceId"),
        PhysicalResourceId = XmlAnswer.Text(change, "PhysicalResourceId"),
        ResourceType = XmlAnswer.Text(change, "ResourceType"),
        Replacement = XmlAnswer.Text(change, "Replacement"),
        Fields =
        [
            .. XmlAnswer.Members(change, "Details").Select(detail => XmlAnswer.Child(detail, "Target")).OfType<XElement>()
                .Select(target => XmlAnswer.Text(target, "Name") ?? XmlAnswer.Text(target, "Attribute")).OfType<string>().Distinct(),
        ],
    };

    private static Stack StackIn(XElement stack) => new()
    {
        StackId = XmlAnswer.Text(stack, "StackId"),
        StackName = XmlAnswer.Text(stack, "StackName"),
        StackStatus = XmlAnswer.Text(stack, "StackStatus"),
        StackStatusReason = XmlAnswer.Text(stack, "StackStatusReason"),
        Parameters =
        [
            .. XmlAnswer.Members(stack, "Parameters").Select(parameter => new Parameter
            {
                ParameterKey = XmlAnswer.Text(parameter, "ParameterKey"),
                ParameterValue = XmlAnswer.Text(parameter, "ParameterValue"),
            }),
        ],
        Outputs = XmlAnswer.Members(stack, "Outputs").ToDictionary(
            output => XmlAnswer.Text(output, "OutputKey") ?? "", output => XmlAnswer.Text(output, "OutputValue") ?? ""),
    };

    private static StackEvent Event(XElement happened) => new()
    {
        EventId = XmlAnswer.Text(happened, "EventId"),
        LogicalResourceId = XmlAnswer.Text(happened, "LogicalResourceId"),
        PhysicalResourceId = XmlAnswer.Text(happened, "PhysicalResourceId"),
        ResourceType = XmlAnswer.Text(happened, "ResourceType"),
        ResourceStatus = XmlAnswer.Text(happened, "ResourceStatus"),
        ResourceStatusReason = XmlAnswer.Text(happened, "ResourceStatusReason"),
    };
}
