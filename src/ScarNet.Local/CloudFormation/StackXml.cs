using System.Xml.Linq;
using ScarNet.Local.Wire;

namespace ScarNet.Local.CloudFormation;

/// <summary>Stacks as answers of the service show them.</summary>
internal static class StackXml
{
    public static readonly XNamespace Namespace = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    public static XElement? Text(string name, string? value) => value is { Length: > 0 } ? new(Namespace + name, value) : null;

    public static XElement List(string name, IEnumerable<object?> members) => Element(name, [.. members.Select(member => Element("member", member))]);

    public static XElement Time(string name, DateTimeOffset time) =>
        new(Namespace + name, IsoTime.Milliseconds(time));

    public static XElement Parameters(IReadOnlyDictionary<string, string> values, Template? template) => List(
        "Parameters",
        values.Select(value => new object?[]
        {
            Element("ParameterKey", value.Key),
            Element("ParameterValue", template?.Parameters.GetValueOrDefault(value.Key)?.NoEcho == true ? "****" : value.Value),
        }));

    public static XElement Tags(IReadOnlyDictionary<string, string> tags) =>
        List("Tags", tags.Select(tag => new object?[] { Element("Key", tag.Key), Element("Value", tag.Value) }));

    public static object?[] Stack(StackRecord stack)
    {
        var template = stack.Template.Length > 0 ? Template.Read(stack.Template) : null;
        return
        [
            Element("StackId", stack.Id),
            Element("StackName", stack.Name),
            Text("Description", template?.Description),
            Parameters(stack.Parameters, template),
            Time("CreationTime", stack.Created),
            stack.Updated is { } updated ? Time("LastUpdatedTime", updated) : null,
            Element("RollbackConfiguration"),
            Element("StackStatus", stack.Status),
            Text("StackStatusReason", stack.Reason),
            Element("DisableRollback", "false"),
            List("Capabilities", stack.Capabilities),
            List("Outputs", stack.Outputs.Select(output => new object?[]
            {
                Element("OutputKey", output.Name), Element("OutputValue", output.Value), Text("Description", output.Description),
            })),
            Tags(stack.Tags),
            Element("EnableTerminationProtection", "false"),
        ];
    }

    public static object?[] Event(StackRecord stack, StackEvent happened) =>
    [
        Element("StackId", stack.Id),
        Element("EventId", happened.Id),
        Element("StackName", stack.Name),
        Element("LogicalResourceId", happened.Name),
        Text("PhysicalResourceId", happened.PhysicalId),
        Element("ResourceType", happened.Type),
        Time("Timestamp", happened.Time),
        Element("ResourceStatus", happened.Status),
        Text("ResourceStatusReason", happened.Reason),
    ];

    /// <param name="stack">Its stack.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="time">What its time is called: the two calls for resources differ in it.</param>
    public static object?[] Resource(StackRecord stack, StackResource resource, string time) =>
    [
        time == "Timestamp" ? Element("StackName", stack.Name) : null,
        time == "Timestamp" ? Element("StackId", stack.Id) : null,
        Element("LogicalResourceId", resource.Name),
        Text("PhysicalResourceId", resource.PhysicalId),
        Element("ResourceType", resource.Type),
        Time(time, resource.Time),
        Element("ResourceStatus", resource.Status),
        Text("ResourceStatusReason", resource.Reason),
        Element("DriftInformation", Element("StackResourceDriftStatus", "NOT_CHECKED")),
    ];

    public static object?[] ChangeSet(StackRecord stack, ChangeSetRecord set) =>
    [
        Element("ChangeSetName", set.Name),
        Element("ChangeSetId", set.Id),
        Element("StackId", stack.Id),
        Element("StackName", stack.Name),
        Text("Description", set.Description),
        Parameters(set.Parameters, Template.Read(set.Template)),
        Time("CreationTime", set.Created),
        Element("ExecutionStatus", set.Execution),
        Element("Status", set.Status),
        Text("StatusReason", set.Reason),
        Element("RollbackConfiguration"),
        List("Capabilities", set.Capabilities),
        Tags(set.Tags),
        List("Changes", set.Changes.Select(change => new object?[] { Element("Type", "Resource"), Element("ResourceChange", Change(change)) })),
    ];

    private static object?[] Change(StackChange change) =>
    [
        Element("Action", change.Action),
        Element("LogicalResourceId", change.Name),
        Text("PhysicalResourceId", change.PhysicalId),
        Element("ResourceType", change.Type),
        change.Action == "Modify" ? Element("Replacement", change.Replacement ? "True" : "False") : null,
        List("Scope", change.Action == "Modify" ? ["Properties"] : []),
        List("Details", change.Fields.Select(field => new object?[]
        {
            Element("Target", Element("Attribute", "Properties"), Element("Name", field), Element("RequiresRecreation", change.Replacement ? "Always" : "Never")),
            Element("Evaluation", "Static"),
            Element("ChangeSource", "DirectModification"),
        })),
    ];
}
