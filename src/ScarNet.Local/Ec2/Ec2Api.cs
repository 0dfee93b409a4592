using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using static ScarNet.Local.Ec2.Ec2Xml;

namespace ScarNet.Local.Ec2;

/// <summary>EC2, as far as launch templates are kept and a default network is shown: nothing is started. EC2's own query protocol.</summary>
internal sealed class Ec2Api(EngineContext context)
{
    public const string Schema = LaunchTemplates.Schema;

    private readonly LaunchTemplates templates = new(context.Database, context.Settings);
    private readonly DefaultNetwork network = new(context.Settings);

    public async Task Handle(HttpContext http)
    {
        var form = Ec2Form.Read(http);
        var action = form["Action"] ?? "(none)";
        var answer = Element($"{action}Response", Element("requestId", RequestId.Of(http)), await Answer(action, form, http.RequestAborted));
        var body = Encoding.UTF8.GetBytes(answer.ToString(SaveOptions.DisableFormatting));
        http.Response.ContentType = "text/xml;charset=UTF-8";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private async Task<XElement> Answer(string action, Ec2Form form, CancellationToken cancellation) => action switch
    {
        "CreateLaunchTemplate" => Element("launchTemplate", [.. await templates.Create(form, cancellation)]),
        "CreateLaunchTemplateVersion" => Element("launchTemplateVersion", [.. await templates.AddVersion(form, cancellation)]),
        "DescribeLaunchTemplates" => templates.Describe(form),
        "DescribeLaunchTemplateVersions" => templates.DescribeVersions(form),
        "DeleteLaunchTemplate" => Element("launchTemplate", [.. await templates.Delete(form, cancellation)]),
        "DescribeVpcs" => network.Vpcs(form),
        "DescribeSubnets" => network.Subnets(form),
        "DescribeRouteTables" => network.RouteTables(form),
        "DescribeSecurityGroups" => network.SecurityGroups(form),
        "DescribeVpcEndpoints" => Set("vpcEndpointSet", []),
        _ => throw new ApiException(400, "InvalidAction", $"The action {action} is not valid for this web service: the local engine has launch templates and a default network."),
    };
}
