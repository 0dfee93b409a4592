using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Ecr;

namespace ScarNet.Local.Access;

/// <summary>What the operations of ECR ask for: their own names on a repository; the login and lists of all know none.</summary>
internal sealed class EcrActions(AwsPlace place)
{
    /// <summary>What it takes to pull an image, as services do for their tasks.</summary>
    /// <param name="repository">ARN of its repository.</param>
    public static IEnumerable<AccessRequest> Pull(string repository) =>
        ((string[])["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]).Select(action => new AccessRequest(action, repository));

    public IEnumerable<AccessRequest> Of(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var action = "ecr:" + (target.StartsWith(EcrApi.TargetPrefix, StringComparison.Ordinal) ? target[EcrApi.TargetPrefix.Length..] : "*");
        var body = RequestBody.Json(context);
        return action switch // by the member that the operation goes by, whatever else is there
        {
            "ecr:GetAuthorizationToken" => [new(action, "*")],
            "ecr:ListTagsForResource" or "ecr:TagResource" or "ecr:UntagResource" => [new(action, body.Text("resourceArn") ?? Repository("*"))],
            "ecr:DescribeRepositories" => Several(action, body),
            _ => [new(action, Repository(body.Text("repositoryName") ?? "*"))],
        };
    }

    private IEnumerable<AccessRequest> Several(string action, JsonElement body)
    {
        string[] names = [.. body.Items("repositoryNames").Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)];
        return names.Length == 0 ? [new(action, Repository("*"))] : names.Select(name => new AccessRequest(action, Repository(name)));
    }

    private string Repository(string name) => $"arn:{place.Partition}:ecr:{place.Region}:{place.Account}:repository/{name}";
}
