using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Http;
using ScarNet.Local.Lambda;

namespace ScarNet.Local.Access;

/// <summary>What the operations of Lambda ask for.</summary>
internal sealed class LambdaActions(AwsPlace place)
{
    public const string Service = "lambda.amazonaws.com";

    public IEnumerable<AccessRequest> Of(HttpContext context, RequestTarget target)
    {
        string[] path = [.. target.RawPath.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(part => UriText.Decode(part, plusIsSpace: false))];
        return (context.Request.Method, path) switch
        {
            ("GET", ["functions"]) => [new("lambda:ListFunctions", "*")],
            ("GET", ["account-settings"]) => [new("lambda:GetAccountSettings", "*")],
            ("POST", ["functions"]) => Create(context),
            (var method, ["tags", var arn]) => [new($"lambda:{Tags(method)}", Function(arn, null))],
            (var method, ["functions", var name, .. var rest]) =>
                [new($"lambda:{Action(method, rest)}", Function(name, IsOfWhole(method, rest) ? null : target.Query["Qualifier"])), .. rest is ["configuration" or "code"] && method == "PUT" ? Change(context) : []],
            _ => [new("lambda:*", "*")], // what the engine does not have is not refused by having it
        };
    }

    /// <summary>Handing a role to a service.</summary>
    public static AccessRequest Pass(string role, string service) => new("iam:PassRole", role)
    {
        Context = new Dictionary<string, IReadOnlyList<string>> { ["iam:PassedToService"] = [service] },
    };

    private static string Action(string method, string[] rest) => (method, rest) switch
    {
        ("GET", []) => "GetFunction",
        ("DELETE", []) => "DeleteFunction",
        ("GET", ["configuration"]) => "GetFunctionConfiguration",
        ("PUT", ["configuration"]) => "UpdateFunctionConfiguration",
        ("PUT", ["code"]) => "UpdateFunctionCode",
        ("POST", ["invocations"]) => "InvokeFunction",
        ("GET", ["policy"]) => "GetPolicy",
        ("POST", ["policy"]) => "AddPermission",
        ("DELETE", ["policy", _]) => "RemovePermission",
        ("PUT", ["concurrency"]) => "PutFunctionConcurrency",
        ("GET", ["concurrency"]) => "GetFunctionConcurrency",
        ("DELETE", ["concurrency"]) => "DeleteFunctionConcurrency",
        ("PUT", ["event-invoke-config"]) => "PutFunctionEventInvokeConfig",
        ("POST", ["event-invoke-config"]) => "UpdateFunctionEventInvokeConfig",
        ("GET", ["event-invoke-config"]) => "GetFunctionEventInvokeConfig",
        ("GET", ["event-invoke-config", "list"]) => "ListFunctionEventInvokeConfigs",
        ("DELETE", ["event-invoke-config"]) => "DeleteFunctionEventInvokeConfig",
        ("GET", ["versions"]) => "ListVersionsByFunction",
        ("POST", ["versions"]) => "PublishVersion",
        ("GET", ["aliases"]) => "ListAliases",
        ("POST", ["aliases"]) => "CreateAlias",
        ("GET", ["aliases", _]) => "GetAlias",
        ("PUT", ["aliases", _]) => "UpdateAlias",
        ("DELETE", ["aliases", _]) => "DeleteAlias",
        _ => "*",
    };

    // They change the function itself, whatever qualifier they are given.
    private static bool IsOfWhole(string method, string[] rest) => method == "PUT" && rest is ["configuration" or "code" or "concurrency"];

    private static string Tags(string method) => method switch { "GET" => "ListTags", "POST" => "TagResource", "DELETE" => "UntagResource", _ => "*" };

    private IEnumerable<AccessRequest> Create(HttpContext context) =>
        [new("lambda:CreateFunction", Function(RequestBody.Json(context).Text("FunctionName") ?? "", null)), .. Change(context)];

    // Who hands a role to a function must be allowed to, and Lambda reads the code as who brings it.
    private IEnumerable<AccessRequest> Change(HttpContext context)
    {
        var body = RequestBody.Json(context);
        if (body.Text("Role") is { } role)
        {
            yield return Pass(role, Service);
        }

        var code = context.Request.Method == "POST" ? body.Member("Code") ?? default : body; // as the service reads it
        if (code.Text("S3Bucket") is { } bucket && code.Text("S3Key") is { } key)
        {
            yield return new("s3:GetObject", place.Objects(bucket, key));
        }
    }

    private string Function(string text, string? version)
    {
        var (name, qualifier) = FunctionName.Parse(text);
        return place.Function(name) + ((qualifier ?? version) is { Length: > 0 } of ? $":{of}" : "");
    }
}
