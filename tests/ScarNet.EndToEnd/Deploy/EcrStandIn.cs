using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>What ECR answers to the few calls that are made of it, over a registry that images are really pushed to.</summary>
internal sealed class EcrStandIn(ImageRegistry registry)
{
    private readonly ConcurrentDictionary<string, JsonNode> tags = new();

    /// <summary>The login that it hands out.</summary>
    public string Token { get; set; } = ImageRegistry.Token;

    public IEnumerable<string> Repositories => tags.Keys;

    /// <summary>Null when the call is not for ECR.</summary>
    public HttpResponseMessage? Answer(RecordedCall call)
    {
        if (call.Service != "ecr")
        {
            return null;
        }

        var input = JsonNode.Parse(call.Body)!;
        var name = (string?)input["repositoryName"] ?? (string?)input["repositoryNames"]?[0] ?? ((string?)input["resourceArn"])?.Split("repository/")[1] ?? "";
        var operation = call.Headers["x-amz-target"].Split('.')[1];
        if (operation == "CreateRepository")
        {
            return tags.TryAdd(name, input["tags"]!.DeepClone()) ? Json(new() { ["repository"] = Repository(name) }) : Error("RepositoryAlreadyExistsException");
        }

        return operation switch
        {
            "GetAuthorizationToken" => Json(new() { ["authorizationData"] = new JsonArray(new JsonObject { ["authorizationToken"] = Token }) }),
            _ when !tags.ContainsKey(name) => Error("RepositoryNotFoundException"),
            "DescribeRepositories" => Json(new() { ["repositories"] = new JsonArray(Repository(name)) }),
            "ListTagsForResource" => Json(new() { ["tags"] = tags[name].DeepClone() }),
            "DescribeImages" => registry.Images.Contains($"{name}:{(string?)input["imageIds"]![0]!["imageTag"]}")
                ? Json(new() { ["imageDetails"] = new JsonArray(new JsonObject { ["imageDigest"] = "sha256:0" }) })
                : Error("ImageNotFoundException"),
            "DeleteRepository" => Delete(name),
            "TagResource" => Tag(name, input["tags"]!.AsArray()),
            _ => Error("InvalidParameterException"),
        };
    }

    private HttpResponseMessage Tag(string name, JsonArray added)
    {
        var kept = tags[name].AsArray().Where(old => !added.Any(tag => (string?)tag!["Key"] == (string?)old!["Key"]));
        tags[name] = new JsonArray([.. kept.Concat(added).Select(tag => tag!.DeepClone())]);
        return Json([]);
    }

    private HttpResponseMessage Delete(string name)
    {
        tags.TryRemove(name, out _);
        registry.Remove(name);
        return Json([]);
    }

    private JsonObject Repository(string name) => new()
    {
        ["repositoryName"] = name,
        ["repositoryArn"] = $"arn:aws:ecr:us-east-1:123456789012:repository/{name}",
        ["repositoryUri"] = $"{registry.Host}/{name}",
    };

    private static HttpResponseMessage Json(JsonObject body) =>
        new() { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.1") };

    private static HttpResponseMessage Error(string code) => new(HttpStatusCode.BadRequest)
    {
        Content = new StringContent($$"""{"__type":"{{code}}","message":"no"}""", Encoding.UTF8, "application/x-amz-json-1.1"),
    };
}
