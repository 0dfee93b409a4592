using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>CreateAlias, GetAlias, UpdateAlias, DeleteAlias, ListAliases.</summary>
internal sealed class AliasesApi(FunctionStore store)
{
    public async Task Create(HttpContext http, FunctionRecord function)
    {
        var input = await JsonInput.Read(http);
        RefuseRouting(input);
        var name = FunctionRules.Alias(input.Text("Name"));
        var alias = new FunctionAlias(FunctionRules.Version(input.Text("FunctionVersion")), FunctionRules.Description(input.Text("Description")), NewRevision());
        await store.Change(
            function.Name,
            null,
            present => present.Aliases.ContainsKey(name)
                ? throw LambdaFault.Exists($"Alias already exists: {present.Arn}:{name}")
                : FunctionVersions.WithAlias(Existing(present, alias.FunctionVersion), name, alias),
            http.RequestAborted,
            newRevision: false);
        await Answer(http, StatusCodes.Status201Created, FunctionAnswers.Alias(function, name, alias));
    }

    public Task Get(HttpContext http, FunctionRecord function, string name) =>
        Answer(http, StatusCodes.Status200OK, FunctionAnswers.Alias(function, name, Find(function, name)));

    /// <summary>What the request does not name stays.</summary>
    public async Task Update(HttpContext http, FunctionRecord function, string name)
    {
        var input = await JsonInput.Read(http);
        RefuseRouting(input);
        var version = input.Has("FunctionVersion") ? FunctionRules.Version(input.Text("FunctionVersion")) : null;
        var description = input.Has("Description") ? FunctionRules.Description(input.Text("Description")) : null;
        var changed = await store.Change(
            function.Name,
            null,
            present =>
            {
                var alias = Find(present, name);
                if (input.Text("RevisionId") is { Length: > 0 } revision && revision != alias.RevisionId)
                {
                    throw LambdaFault.RevisionMismatch();
                }

                return FunctionVersions.WithAlias(
                    Existing(present, version ?? alias.FunctionVersion),
                    name,
                    new(version ?? alias.FunctionVersion, description ?? alias.Description, NewRevision()));
            },
            http.RequestAborted,
            newRevision: false);
        await Answer(http, StatusCodes.Status200OK, FunctionAnswers.Alias(changed, name, changed.Aliases[name]));
    }

    public async Task Delete(HttpContext http, FunctionRecord function, string name)
    {
        await store.Change(function.Name, null, present => FunctionVersions.WithoutAlias(present, name), http.RequestAborted, newRevision: false);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public Task List(HttpContext http, FunctionRecord function, QueryParameters query)
    {
        var of = query["FunctionVersion"];
        var all = function.Aliases.Where(alias => of is null || alias.Value.FunctionVersion == of).OrderBy(alias => alias.Key, StringComparer.Ordinal);
        var page = ListPage.Of(query, all, alias => alias.Key);
        return Answer(http, StatusCodes.Status200OK, JsonOutput.WithoutNulls(new JsonObject
        {
            ["Aliases"] = JsonOutput.List(page.Items.Select(alias => FunctionAnswers.Alias(function, alias.Key, alias.Value))),
            ["NextMarker"] = page.NextMarker,
        }));
    }

    private static FunctionAlias Find(FunctionRecord function, string name) =>
        function.Aliases.GetValueOrDefault(name) ?? throw LambdaFault.NoAlias($"{function.Arn}:{name}");

    /// <exception cref="ApiException">The function has no such version.</exception>
    private static FunctionRecord Existing(FunctionRecord function, string version) =>
        FunctionVersions.Version(function, version) is null ? throw LambdaFault.NotFound($"{function.Arn}:{version}") : function;

    private static void RefuseRouting(JsonInput input)
    {
        if (input.Object("RoutingConfig")?.Object("AdditionalVersionWeights")?.Element.EnumerateObject().Any() == true)
        {
            throw LambdaFault.Invalid("The local engine has no weighted aliases: leave RoutingConfig out");
        }
    }

    private static string NewRevision() => Guid.NewGuid().ToString();

    private static Task Answer(HttpContext http, int status, JsonObject body) => JsonOutput.Write(http, status, body, JsonOutput.Rest);
}
