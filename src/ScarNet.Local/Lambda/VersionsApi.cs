using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>PublishVersion, ListVersionsByFunction, and DeleteFunction of a single version.</summary>
internal sealed class VersionsApi(FunctionStore store, SandboxPool pool, TimeProvider clock)
{
    public async Task Publish(HttpContext http, FunctionRecord function)
    {
        var input = await JsonInput.Read(http);
        var description = input.Has("Description") ? FunctionRules.Description(input.Text("Description")) : null;
        var digest = input.Text("CodeSha256") is { Length: > 0 } given ? given : null;
        var changed = await store.Change(
            function.Name,
            input.Text("RevisionId"),
            present => digest is not null && digest != FunctionAnswers.Digest(present)
                ? throw LambdaFault.Invalid(
                    $"CodeSHA256 ({digest}) is different from current CodeSHA256 in $LATEST ({FunctionAnswers.Digest(present)}). "
                    + "Please try again with the CodeSHA256 in $LATEST.")
                : FunctionVersions.Publish(present, description, clock.GetUtcNow()),
            http.RequestAborted,
            newRevision: false);
        await JsonOutput.Write(http, StatusCodes.Status201Created, FunctionAnswers.Configuration(FunctionVersions.Last(changed)), JsonOutput.Rest);
    }

    /// <summary>$LATEST first, then from the oldest on.</summary>
    public Task List(HttpContext http, FunctionRecord function, QueryParameters query)
    {
        var page = ListPage.Of(query, function.Versions.Prepend(function), FunctionVersions.Order);
        return JsonOutput.Write(
            http,
            StatusCodes.Status200OK,
            JsonOutput.WithoutNulls(new JsonObject
            {
                ["Versions"] = JsonOutput.List(page.Items.Select(version => FunctionAnswers.Configuration(version with { Qualifier = version.Version }))),
                ["NextMarker"] = page.NextMarker,
            }),
            JsonOutput.Rest);
    }

    /// <summary>A version that is not there is no error, as on AWS.</summary>
    public async Task Delete(HttpContext http, FunctionRecord function, string qualifier)
    {
        if (qualifier == FunctionName.Latest)
        {
            throw LambdaFault.Invalid("$LATEST version cannot be deleted without deleting the function.");
        }

        if (!qualifier.All(char.IsAsciiDigit))
        {
            throw LambdaFault.Invalid("Deletion of aliases is not currently supported.");
        }

        await store.Change(function.Name, null, present => FunctionVersions.Without(present, qualifier), http.RequestAborted, newRevision: false);
        await pool.Retire(function.Name);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

}
