using System.Text.Json.Nodes;
using ScarNet.Cli.Foundation;
using ScarNet.Core.Iam;
using ScarNet.Local.CloudFormation;

namespace ScarNet.Tests.Foundation;

/// <summary>The foundation as it stands in an account, resources named by what the template calls them.</summary>
internal sealed class FoundationStack
{
    public static readonly AwsPlace Place = AwsPlace.In("eu-west-1", "123456789012");

    private static readonly StackPlace place = new(
        "scarnet", $"arn:aws:cloudformation:{Place.Region}:{Place.Account}:stack/scarnet/1", Place.Account, Place.Region);

    private readonly Evaluation evaluation;

    public FoundationStack(params (string Name, string Value)[] given)
    {
        Template = Template.Read(FoundationTemplate.Text);
        Values = ParameterValues.Of(Template, given.ToDictionary(p => p.Name, p => (string?)p.Value), new Dictionary<string, string>());
        evaluation = new(Template, Values, place, Attribute);
    }

    public static FoundationStack Whole => new(
        ("Subnets", "subnet-1, subnet-2"), ("SecurityGroups", "sg-1"), ("CodeKey", "code/scarnet-job-state/0.zip"), ("Notices", "yes"));

    public Template Template { get; }

    public IReadOnlyDictionary<string, string> Values { get; }

    public IReadOnlyList<TemplateResource> Resources => ResourceOrder.Of(Template, Values, place);

    public JsonObject Properties(string resource) => evaluation.Properties(Template.Resources[resource]);

    /// <summary>The inline policy of a role.</summary>
    public PolicyDocument PolicyOf(string role) => PolicyReader.Read(Properties(role)["Policies"]![0]!["PolicyDocument"]!.ToJsonString());

    /// <summary>The boundary of ScarNet's roles.</summary>
    public PolicyDocument Boundary => PolicyReader.Read(Properties("Boundary")["PolicyDocument"]!.ToJsonString());

    private static JsonNode Attribute(string resource, string? attribute) => (resource, attribute) switch
    {
        ("ArtifactBucket", null) => "artifacts",
        ("ArtifactBucket", "Arn") => Place.Bucket("artifacts"),
        ("JobStateLogs", "Arn") => Place.LogStreams("/aws/lambda/scarnet-job-state"),
        ("NoticeTopic", null) => $"arn:aws:sns:{Place.Region}:{Place.Account}:scarnet-notices",
        _ => Evaluation.Symbol(resource, attribute),
    };
}
