using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::IAM::ManagedPolicy. A change of its text is a new version; the one before goes.</summary>
internal sealed class ManagedPolicyKind(EngineCalls calls) : ResourceKind
{
    private const int MaxName = 128;

    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string> { "ManagedPolicyName", "Path", "Description" };

    public override IReadOnlySet<string> Attributes { get; } = new HashSet<string> { "PolicyArn" };

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var answer = await calls.Query(
            "iam",
            "CreatePolicy",
            [
                ("PolicyName", input["ManagedPolicyName"] ?? input.Generated(MaxName)),
                ("Path", input["Path"]),
                ("Description", input["Description"]),
                ("PolicyDocument", Document(input)),
            ],
            cancellation);
        return Made(answer.Descendants().First(element => element.Name.LocalName == "Arn").Value);
    }

    public override async Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation)
    {
        await calls.Query(
            "iam", "CreatePolicyVersion", [("PolicyArn", physicalId), ("PolicyDocument", Document(input)), ("SetAsDefault", "true")], cancellation);
        await RemoveOldVersions(physicalId, cancellation);
        return Made(physicalId);
    }

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) => Tolerant(async () =>
    {
        await RemoveOldVersions(physicalId, cancellation);
        await calls.Query("iam", "DeletePolicy", [("PolicyArn", physicalId)], cancellation);
    });

    private static string Document(ResourceInput input) => input.Properties.Document("PolicyDocument");

    private static Made Made(string arn) => new(arn, Attribute("PolicyArn", arn));

    private async Task RemoveOldVersions(string arn, CancellationToken cancellation)
    {
        var listed = await calls.Query("iam", "ListPolicyVersions", [("PolicyArn", arn)], cancellation);
        foreach (var version in listed.Descendants().Where(element => element.Name.LocalName == "member").ToList())
        {
            var of = version.Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);
            if (of["IsDefaultVersion"] != "true")
            {
                await calls.Query("iam", "DeletePolicyVersion", [("PolicyArn", arn), ("VersionId", of["VersionId"])], cancellation);
            }
        }
    }
}
