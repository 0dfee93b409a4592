using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>Finds the operation that a path and method stand for. The date at the path's begin tells nothing more and is not looked at.</summary>
internal sealed class LambdaApi(
    FunctionStore store,
    FunctionsApi functions,
    InvokeApi invoke,
    VersionsApi versions,
    AliasesApi aliases,
    PermissionsApi permissions,
    SettingsApi settings,
    CancellationToken stopping)
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
            (var method, ["tags", var arn]) => Tags(http, method, Whole(arn), query),
            (var method, ["functions", var name, .. var rest]) => OfFunction(http, method, name, rest, query),
            _ => throw Unknown(http),
        };
    }

    private static Task Answer(HttpContext http, JsonObject body) => JsonOutput.Write(http, StatusCodes.Status200OK, body, JsonOutput.Rest);

    private static ApiException Unknown(HttpContext http) => new(
        404,
        "UnknownOperationException",
        $"The local engine has no Lambda operation {http.Request.Method} {http.Features.GetRequiredFeature<RequestTarget>().RawPath}");

    /// <summary>The operations that take a version or alias, too.</summary>
    private Task OfFunction(HttpContext http, string method, string name, string[] rest, QueryParameters query) => (method, rest) switch
    {
        ("GET", []) => functions.Get(http, Named(name, query)),
        ("DELETE", []) => Qualifier(name, query) is { } qualifier ? versions.Delete(http, Any(name), qualifier) : functions.Delete(http, Any(name)),
        ("GET", ["configuration"]) => functions.GetConfiguration(http, Named(name, query)),
        ("POST", ["invocations"]) => invoke.Invoke(http, Named(name, query), stopping),
        ("GET", ["policy"]) => permissions.Get(http, Named(name, query)),
        ("POST", ["policy"]) => permissions.Add(http, Named(name, query)),
        ("DELETE", ["policy", var sid]) => permissions.Remove(http, Named(name, query), sid, query),
        ("PUT", ["event-invoke-config"]) => settings.PutEventInvoke(http, Named(name, query), replace: true),
        ("POST", ["event-invoke-config"]) => settings.PutEventInvoke(http, Named(name, query), replace: false),
        ("GET", ["event-invoke-config"]) => settings.GetEventInvoke(http, Named(name, query)),
        ("DELETE", ["event-invoke-config"]) => settings.DeleteEventInvoke(http, Named(name, query)),
        _ => OfWhole(http, method, Whole(name), rest, query),
    };

    private Task OfWhole(HttpContext http, string method, FunctionRecord function, string[] rest, QueryParameters query) => (method, rest) switch
    {
        ("PUT", ["configuration"]) => functions.UpdateConfiguration(http, function),
        ("PUT", ["code"]) => functions.UpdateCode(http, function),
        ("PUT", ["concurrency"]) => settings.PutConcurrency(http, function),
        ("GET", ["concurrency"]) => settings.GetConcurrency(http, function),
        ("DELETE", ["concurrency"]) => settings.DeleteConcurrency(http, function),
        ("GET", ["event-invoke-config", "list"]) => settings.ListEventInvoke(http, function),
        ("POST", ["versions"]) => versions.Publish(http, function),
        ("GET", ["versions"]) => versions.List(http, function, query),
        ("POST", ["aliases"]) => aliases.Create(http, function),
        ("GET", ["aliases"]) => aliases.List(http, function, query),
        ("GET", ["aliases", var alias]) => aliases.Get(http, function, alias),
        ("PUT", ["aliases", var alias]) => aliases.Update(http, function, alias),
        ("DELETE", ["aliases", var alias]) => aliases.Delete(http, function, alias),
        _ => throw Unknown(http),
    };

    private Task Tags(HttpContext http, string method, FunctionRecord function, QueryParameters query) => method switch
    {
        "GET" => settings.ListTags(http, function),
        "POST" => settings.Tag(http, function),
        "DELETE" => settings.Untag(http, function, query),
        _ => throw Unknown(http),
    };

    /// <exception cref="ApiException">There is no such function.</exception>
    private FunctionRecord Any(string text) => store.Find(FunctionName.Check(FunctionName.Parse(text).Name)) ?? throw LambdaFault.NotFound(text);

    /// <exception cref="ApiException">There is no such function, or it is named by a version or alias.</exception>
    private FunctionRecord Whole(string text) => FunctionName.Parse(text).Qualifier is null ? Any(text) : throw LambdaFault.Unqualified();

    /// <exception cref="ApiException">There is no such function, or no such version or alias of it.</exception>
    private FunctionRecord Named(string text, QueryParameters query)
    {
        var (function, qualifier) = (Any(text), Qualifier(text, query));
        return FunctionVersions.At(function, qualifier) ?? throw LambdaFault.NotFound($"{function.Arn}:{qualifier}");
    }

    /// <summary>In the name, or beside it.</summary>
    private static string? Qualifier(string text, QueryParameters query)
    {
        var (named, given) = (FunctionName.Parse(text).Qualifier, query["Qualifier"] is { Length: > 0 } beside ? beside : null);
        return named is not null && given is not null && named != given
            ? throw LambdaFault.Invalid("The derived qualifier from the function name does not match the specified qualifier.")
            : named ?? given;
    }
}
