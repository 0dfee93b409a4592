using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>Finds the operation that a path and method stand for. The date at the path's begin tells nothing more and is not looked at.</summary>
internal sealed class LambdaApi(
    FunctionStore store, FunctionsApi functions, InvokeApi invoke, PermissionsApi permissions, SettingsApi settings, CancellationToken stopping)
{
    public Task Handle(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<RequestTarget>();
        string[] path = [.. target.RawPath.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(s => UriText.Decode(s, plusIsSpace: false))];
        var query = target.Query;
        return (http.Request.Method, path) switch
        {
            ("POST", ["functions"]) => functions.Create(http),
            ("GET", ["functions"]) => functions.List(http, query),
            ("GET", ["account-settings"]) => Answer(http, new JsonObject { ["AccountLimit"] = new JsonObject(), ["AccountUsage"] = new JsonObject { ["FunctionCount"] = store.All.Count } }),
            (var method, ["tags", var arn]) => Tags(http, method, Find(arn, query), query),
            (var method, ["functions", var name, .. var rest]) => OfFunction(http, method, Find(name, query), rest, query),
            _ => throw Unknown(http),
        };
    }

    private static Task Answer(HttpContext http, JsonObject body) => JsonOutput.Write(http, StatusCodes.Status200OK, body, JsonOutput.Rest);

    private static ApiException Unknown(HttpContext http) => new(
        404,
        "UnknownOperationException",
        $"The local engine has no Lambda operation {http.Request.Method} {http.Features.GetRequiredFeature<RequestTarget>().RawPath}");

    private Task OfFunction(HttpContext http, string method, FunctionRecord function, string[] rest, QueryParameters query) => (method, rest) switch
    {
        ("GET", []) => functions.Get(http, function),
        ("DELETE", []) => functions.Delete(http, function),
        ("GET", ["configuration"]) => functions.GetConfiguration(http, function),
        ("PUT", ["configuration"]) => functions.UpdateConfiguration(http, function),
        ("PUT", ["code"]) => functions.UpdateCode(http, function),
        ("POST", ["invocations"]) => invoke.Invoke(http, function, stopping),
        ("GET", ["policy"]) => permissions.Get(http, function),
        ("POST", ["policy"]) => permissions.Add(http, function),
        ("DELETE", ["policy", var sid]) => permissions.Remove(http, function, sid, query),
        ("PUT", ["concurrency"]) => settings.PutConcurrency(http, function),
        ("GET", ["concurrency"]) => settings.GetConcurrency(http, function),
        ("DELETE", ["concurrency"]) => settings.DeleteConcurrency(http, function),
        ("PUT", ["event-invoke-config"]) => settings.PutEventInvoke(http, function, replace: true),
        ("POST", ["event-invoke-config"]) => settings.PutEventInvoke(http, function, replace: false),
        ("GET", ["event-invoke-config"]) => settings.GetEventInvoke(http, function),
        ("GET", ["event-invoke-config", "list"]) => settings.ListEventInvoke(http, function),
        ("DELETE", ["event-invoke-config"]) => settings.DeleteEventInvoke(http, function),
        ("GET", ["versions"]) => Answer(http, new JsonObject { ["Versions"] = new JsonArray(FunctionAnswers.Configuration(function)) }),
        ("GET", ["aliases"]) => Answer(http, new JsonObject { ["Aliases"] = new JsonArray() }),
        ("POST", ["versions"]) => throw LambdaFault.Unsupported("PublishVersion is"),
        (_, ["aliases", ..]) => throw LambdaFault.Unsupported("aliases are"),
        _ => throw Unknown(http),
    };

    private Task Tags(HttpContext http, string method, FunctionRecord function, QueryParameters query) => method switch
    {
        "GET" => settings.ListTags(http, function),
        "POST" => settings.Tag(http, function),
        "DELETE" => settings.Untag(http, function, query),
        _ => throw Unknown(http),
    };

    /// <exception cref="ApiException">There is no such function, or no such version of it.</exception>
    private FunctionRecord Find(string text, QueryParameters query)
    {
        var (name, qualifier) = FunctionName.Parse(text);
        var function = store.Find(FunctionName.Check(name)) ?? throw LambdaFault.NotFound(text);
        return (qualifier ?? query["Qualifier"] ?? FunctionName.Latest) is var version and not FunctionName.Latest
            ? throw LambdaFault.NotFound($"{function.Arn}:{version}")
            : function;
    }
}
