using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Ec2;

namespace ScarNet.Local.Access;

/// <summary>
/// What the operations of EC2 ask for: their own names; looking knows no resource, and of the rest the engine has launch templates, whose
/// ARNs have ids. Source: docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
/// </summary>
internal sealed class Ec2Actions(AwsPlace place, Func<string, string?> templateId)
{
    public IEnumerable<AccessRequest> Of(HttpContext context)
    {
        var form = Ec2Form.Read(context);
        var action = form["Action"] ?? "*";
        return [new($"ec2:{action}", action.StartsWith("Describe", StringComparison.Ordinal) ? "*" : $"arn:{place.Partition}:ec2:{place.Region}:{place.Account}:launch-template/{Template(form)}")];
    }

    // As the service looks: by the name when there is one.
    private string Template(Ec2Form form) => (form["LaunchTemplateName"] is { } name ? templateId(name) : form["LaunchTemplateId"]) ?? "*";
}
