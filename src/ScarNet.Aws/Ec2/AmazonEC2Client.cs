using System.Xml.Linq;
using Amazon.Runtime;
using ScarNet.Aws.Ec2.Model;
using ScarNet.Aws.Http;

namespace ScarNet.Aws.Ec2;

/// <summary>EC2, as far as launch templates and looking at the network go. Members carry the names of the SDK's own client, tags apart.</summary>
/// <param name="credentials">Null takes the SDK's chain.</param>
/// <param name="config">Region or endpoint.</param>
public sealed class AmazonEC2Client(AWSCredentials? credentials, AmazonEC2Config config)
    : QueryClient(credentials, config, (message, inner, type, code, request, status) => new AmazonEC2Exception(message, inner, type, code, request, status))
{
    public Task<CreateLaunchTemplateResponse> CreateLaunchTemplateAsync(CreateLaunchTemplateRequest request, CancellationToken cancellationToken = default) => Ask(
        "CreateLaunchTemplate",
        request,
        (r, form) => form.Add(r),
        result => new CreateLaunchTemplateResponse { LaunchTemplate = XmlAnswer.Child(result, "launchTemplate") is { } made ? Ec2Answer.Template(made) : null },
        cancellationToken);

    public Task<DescribeLaunchTemplatesResponse> DescribeLaunchTemplatesAsync(DescribeLaunchTemplatesRequest request, CancellationToken cancellationToken = default) => Ask(
        "DescribeLaunchTemplates",
        request,
        (r, form) => form.Add(r.Filters, r.NextToken),
        result => new DescribeLaunchTemplatesResponse
        {
            LaunchTemplates = [.. XmlAnswer.Members(result, "launchTemplates").Select(Ec2Answer.Template)],
            NextToken = Next(result),
        },
        cancellationToken);

    public Task<DeleteLaunchTemplateResponse> DeleteLaunchTemplateAsync(DeleteLaunchTemplateRequest request, CancellationToken cancellationToken = default) => Ask(
        "DeleteLaunchTemplate",
        request,
        (r, form) => form.Add("LaunchTemplateName", r.LaunchTemplateName),
        _ => new DeleteLaunchTemplateResponse(),
        cancellationToken);

    public Task<DescribeSubnetsResponse> DescribeSubnetsAsync(DescribeSubnetsRequest request, CancellationToken cancellationToken = default) => Ask(
        "DescribeSubnets",
        request,
        (r, form) => form.Add(r.Filters, r.NextToken),
        result => new DescribeSubnetsResponse { Subnets = [.. XmlAnswer.Members(result, "subnetSet").Select(Ec2Answer.Subnet)], NextToken = Next(result) },
        cancellationToken);

    public Task<DescribeRouteTablesResponse> DescribeRouteTablesAsync(DescribeRouteTablesRequest request, CancellationToken cancellationToken = default) => Ask(
        "DescribeRouteTables",
        request,
        (r, form) => form.Add(r.Filters, r.NextToken),
        result => new DescribeRouteTablesResponse { RouteTables = [.. XmlAnswer.Members(result, "routeTableSet").Select(Ec2Answer.RouteTable)], NextToken = Next(result) },
        cancellationToken);

    public Task<DescribeSecurityGroupsResponse> DescribeSecurityGroupsAsync(DescribeSecurityGroupsRequest request, CancellationToken cancellationToken = default) => Ask(
        "DescribeSecurityGroups",
        request,
        (r, form) => form.Add(r.Filters, r.NextToken),
        result => new DescribeSecurityGroupsResponse { SecurityGroups = [.. XmlAnswer.Members(result, "securityGroupInfo").Select(Ec2Answer.SecurityGroup)], NextToken = Next(result) },
        cancellationToken);

    public Task<DescribeVpcEndpointsResponse> DescribeVpcEndpointsAsync(DescribeVpcEndpointsRequest request, CancellationToken cancellationToken = default) => Ask(
        "DescribeVpcEndpoints",
        request,
        (r, form) => form.Add(r.Filters, r.NextToken),
        result => new DescribeVpcEndpointsResponse { VpcEndpoints = [.. XmlAnswer.Members(result, "vpcEndpointSet").Select(Ec2Answer.Endpoint)], NextToken = Next(result) },
        cancellationToken);

    // An empty one is none.
    private static string? Next(XElement result) => XmlAnswer.Text(result, "nextToken") is { Length: > 0 } token ? token : null;
}
