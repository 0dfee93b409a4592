using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Access;
using ScarNet.Local.Http;
using ScarNet.Local.Http.Signing;
using static ScarNet.Local.CloudFormation.StackXml;

namespace ScarNet.Local.CloudFormation;

/// <summary>CloudFormation, as far as change sets and their stacks go: query protocol, version 2010-05-15.</summary>
internal sealed class CloudFormationApi
{
    public const string Schema = StackStore.Schema;

    private readonly StackStore store;
    private readonly StackRunner runner;
    private readonly ChangeSets sets;

    /// <param name="context">The engine's.</param>
    /// <param name="services">Its services, by scope.</param>
    public CloudFormationApi(EngineContext context, Func<string, ServiceEntry> services)
    {
        var settings = context.Settings;
        var calls = new EngineCalls(services, new(context), settings);
        store = new(context.Database);
        runner = new(store, caller => new(calls.As(caller)), settings.Clock, PlaceOf);
        sets = new(store, calls, settings.Clock, PlaceOf, settings.Account, settings.Region);

        StackPlace PlaceOf(StackRecord stack) => new(stack.Name, stack.Id, settings.Account, settings.Region);
    }

    /// <summary>The engine's loop.</summary>
    public Task Run(CancellationToken cancellation) => runner.Run(cancellation);

    public async Task Handle(HttpContext context)
    {
        var form = await StackForm.Read(context);
        var action = form["Action"] ?? "(none)";
        var answer = Element(
            $"{action}Response",
            Element($"{action}Result", [.. await Answer(action, form, SignedRequest.Of(context).Session, context.RequestAborted)]),
            Element("ResponseMetadata", Element("RequestId", RequestId.Of(context))));
        var body = Encoding.UTF8.GetBytes(answer.ToString(SaveOptions.DisableFormatting));
        context.Response.ContentType = "text/xml";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <returns>What is in the answer's result.</returns>
    private async Task<object?[]> Answer(string action, StackForm form, RoleSession? caller, CancellationToken cancellation) => action switch
    {
        "ValidateTemplate" => Validate(Template.Read(ChangeSets.Body(form))),
        "GetTemplateSummary" => Summarize(Template.Read(form["StackName"] is { } name ? store.Get(name).Template : ChangeSets.Body(form))),
        "CreateChangeSet" => await sets.Create(form, caller, cancellation),
        "DescribeChangeSet" => Describe(store.Read(rows => rows.ChangeSet(form["ChangeSetName"], form["StackName"]))),
        "ListChangeSets" => [List("Summaries", store.Read(rows => rows.ChangeSets(rows.Get(form["StackName"]).Id)).Select(Describe))],
        "ExecuteChangeSet" => await Execute(form, caller, cancellation),
        "DeleteChangeSet" => await sets.Delete(form, cancellation),
        "DescribeStacks" => DescribeStacks(form),
        "DescribeStackEvents" => DescribeEvents(store.Get(form["StackName"])),
        "DescribeStackResources" => Resources(form, "StackResources", "Timestamp"),
        "ListStackResources" => Resources(form, "StackResourceSummaries", "LastUpdatedTimestamp"),
        "GetTemplate" => [Element("TemplateBody", store.Get(form["StackName"]).Template), List("StagesAvailable", ["Original", "Processed"])],
        "DeleteStack" => await Delete(form, caller, cancellation),
        _ => throw new ApiException(400, "InvalidAction", $"Could not find operation {action} for version 2010-05-15: the local engine has change sets and their stacks."),
    };

    private object?[] Describe(ChangeSetRecord set) => ChangeSet(store.Get(set.StackId), set);

    private static object?[] Validate(Template template) =>
    [
        List("Parameters", template.Parameters.Values.Select(parameter => new object?[]
        {
            Element("ParameterKey", parameter.Name),
            Text("DefaultValue", parameter.Default),
            Element("NoEcho", parameter.NoEcho ? "true" : "false"),
            Text("Description", parameter.Description),
        })),
        Text("Description", template.Description),
        List("Capabilities", ChangeSets.Needs(template)),
    ];

    private static object?[] Summarize(Template template) =>
    [
        List("Parameters", template.Parameters.Values.Select(parameter => new object?[]
        {
            Element("ParameterKey", parameter.Name),
            Text("DefaultValue", parameter.Default),
            Element("ParameterType", parameter.Type),
            Element("NoEcho", parameter.NoEcho ? "true" : "false"),
            Text("Description", parameter.Description),
            Element("ParameterConstraints", List("AllowedValues", parameter.AllowedValues)),
        })),
        Text("Description", template.Description),
        List("Capabilities", ChangeSets.Needs(template)),
        List("ResourceTypes", template.Resources.Values.Select(resource => resource.Type).Distinct()),
        Element("Version", "2010-09-09"),
    ];

    private async Task<object?[]> Execute(StackForm form, RoleSession? caller, CancellationToken cancellation)
    {
        await runner.Execute(form["ChangeSetName"], form["StackName"], caller, cancellation);
        return [];
    }

    private object?[] DescribeStacks(StackForm form) =>
        [List("Stacks", (form["StackName"] is { } name ? [store.Get(name)] : store.Read(rows => rows.Stacks()).Where(stack => !stack.IsGone)).Select(Stack))];

    private object?[] DescribeEvents(StackRecord stack) => [List("StackEvents", store.Read(rows => rows.Events(stack.Id)).Select(happened => Event(stack, happened)))];

    private object?[] Resources(StackForm form, string list, string time)
    {
        var stack = store.Get(form["StackName"]);
        return [List(list, stack.Resources.Where(resource => form["LogicalResourceId"] is not { } only || only == resource.Name).Select(resource => Resource(stack, resource, time)))];
    }

    private async Task<object?[]> Delete(StackForm form, RoleSession? caller, CancellationToken cancellation)
    {
        await runner.Delete(form["StackName"] ?? "", caller, cancellation);
        return [];
    }
}
