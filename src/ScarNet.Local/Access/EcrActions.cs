using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Ecr;

namespace ScarNet.Local.Access;

/// <summary>What the operations of ECR ask for: their own names on a repository; the login and lists of all know none.</summary>
internal sealed class EcrActions(AwsPlace place)
{
    public IEnumerable<AccessRequest> Of(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var action = "ecr:" + (target.StartsWith(EcrApi.TargetPrefix, StringComparison.Ordinal) ? target[EcrApi.TargetPrefix.Length..] : "*");
        var body = RequestBody.Json(context);
        string[] names = body.Text("repositoryName") is { } one ? [one]
            : [.. body.Items("repositoryNames").Where(name => name.ValueKind == System.Text.Json.JsonValueKind.String).Select(name => name.GetString()!)];
        return action == "ecr:GetAuthorizationToken" ? [new(action, "*")]
            : body.Text("resourceArn") is { } arn ? [new(action, arn)]
            : names.Length == 0 ? [new(action, Repository("*"))]
            : names.Select(name => new AccessRequest(action, Repository(name)));
    }

    private string Repository(string name) => $"arn:{place.Partition}:ecr:{place.Region}:{place.Account}:repository/{name}";
}
