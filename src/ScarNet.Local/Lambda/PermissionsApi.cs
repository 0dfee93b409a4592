using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>AddPermission, RemovePermission, GetPolicy.</summary>
internal sealed class PermissionsApi(FunctionStore store)
{
    public async Task Add(HttpContext http, FunctionRecord function)
    {
        var input = await JsonInput.Read(http);
        var statement = new PolicyStatement(
            Sid(input.Text("StatementId")),
            Required(input, "Principal"),
            Required(input, "Action"),
            input.Text("SourceArn"),
            input.Text("SourceAccount"),
            input.Text("PrincipalOrgID"));
        if (function.Qualifier == FunctionName.Latest)
        {
            throw LambdaFault.Invalid("We currently do not support adding policies for $LATEST.");
        }

        await Change(
            http,
            function,
            input.Text("RevisionId"),
            policy => policy.Any(s => s.Sid == statement.Sid)
                ? throw LambdaFault.Exists(
                    $"The statement id ({statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.")
                : [.. policy, statement]);
        var body = new JsonObject { ["Statement"] = JsonOutput.Text(Policy.Statement(statement, function.QualifiedArn)) };
        await JsonOutput.Write(http, StatusCodes.Status201Created, body, JsonOutput.Rest);
    }

    public async Task Remove(HttpContext http, FunctionRecord function, string sid, QueryParameters query)
    {
        await Change(
            http,
            function,
            query["RevisionId"],
            policy => policy.Any(s => s.Sid == sid)
                ? [.. policy.Where(s => s.Sid != sid)]
                : throw LambdaFault.Missing($"Statement {sid} is not found in resource policy."));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public Task Get(HttpContext http, FunctionRecord function) => function.Policy.Count == 0
        ? throw LambdaFault.Missing("The resource you requested does not exist.")
        : JsonOutput.Write(
            http,
            StatusCodes.Status200OK,
            new JsonObject { ["Policy"] = JsonOutput.Text(Policy.Document(function)), ["RevisionId"] = Revision(function) },
            JsonOutput.Rest);

    /// <summary>Of the alias when it is asked for by one.</summary>
    private string Revision(FunctionRecord function) =>
        function.Qualifier is { } qualifier && store.Find(function.Name)?.Aliases.GetValueOrDefault(qualifier) is { } alias
            ? alias.RevisionId
            : function.RevisionId;

    private async Task Change(
        HttpContext http, FunctionRecord function, string? revisionId, Func<IReadOnlyList<PolicyStatement>, IReadOnlyList<PolicyStatement>> change)
    {
        var qualifier = function.Qualifier;
        await store.Change(
            function.Name,
            qualifier is null ? revisionId : null,
            present => qualifier is not null && revisionId is not null && FunctionVersions.At(present, qualifier) is { } named && Revision(named) != revisionId
                ? throw LambdaFault.RevisionMismatch()
                : FunctionVersions.Change(present, qualifier, own => own with { Policy = change(own.Policy) }),
            http.RequestAborted,
            newRevision: qualifier is null);
    }

    private static string Required(JsonInput input, string member) => input.Text(member) is { Length: > 0 } value
        ? value
        : throw LambdaFault.Validation("null", member, "Member must not be null");

    private static string Sid(string? sid) =>
        sid is { Length: > 0 and <= 100 } && sid.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? sid
            : throw LambdaFault.Validation(sid ?? "null", "statementId", "Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)");
}
