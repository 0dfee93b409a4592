using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using ScarNet.Core.Iam;
using ScarNet.Local.Access;
using ScarNet.Local.Http;
using ScarNet.Local.Http.Signing;

namespace ScarNet.Local.Sts;

/// <summary>STS, of which GetCallerIdentity and AssumeRole are what clients ask of a local cloud: query protocol, version 2011-06-15.</summary>
public sealed partial class StsApi(RoleAccess roles, TimeProvider clock)
{
    // Source: docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html; the most is what the engine's roles say of themselves.
    private const int LeastSeconds = 900;
    private const int MostSeconds = 3600;

    private static readonly XNamespace Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    private delegate string? Input(string name);

    public async Task Handle(HttpContext context)
    {
        var input = await Read(context);
        var action = input("Action") ?? "(none)";
        XElement[] result = action switch
        {
            "GetCallerIdentity" => Identity(context),
            "AssumeRole" => Assume(Caller.Of(context), input),
            _ => throw new ApiException(400, "InvalidAction", $"Could not find operation {action} for version 2011-06-15"),
        };
        var answer = new XElement(
            Namespace + $"{action}Response",
            new XElement(Namespace + $"{action}Result", result),
            new XElement(Namespace + "ResponseMetadata", new XElement(Namespace + "RequestId", RequestId.Of(context))));
        var body = Encoding.UTF8.GetBytes(answer.ToString(SaveOptions.DisableFormatting));
        context.Response.ContentType = "text/xml";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>From the form, or from the query of a presigned GET.</summary>
    private static async Task<Input> Read(HttpContext context)
    {
        var query = context.Features.GetRequiredFeature<RequestTarget>().Query;
        if (query.Has("Action"))
        {
            return name => query[name];
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var form = QueryHelpers.ParseQuery(await reader.ReadToEndAsync(context.RequestAborted));
        return name => form.TryGetValue(name, out var value) ? value.ToString() : null;
    }

    private XElement[] Identity(HttpContext context)
    {
        var caller = Caller.Of(context);
        return
        [
            Element("Arn", caller?.Arn ?? $"arn:aws:iam::{roles.Place.Account}:user/scarnet-local"),
            Element("UserId", caller?.UserId ?? SignedRequest.Of(context).AccessKey),
            Element("Account", roles.Place.Account),
        ];
    }

    private XElement[] Assume(Caller? caller, Input input)
    {
        var name = input("RoleSessionName") is { } given && SessionName().IsMatch(given)
            ? given
            : throw Invalid($"Value '{input("RoleSessionName")}' at 'roleSessionName' failed to satisfy constraint: Member must be 2 to 64 of [\\w+=,.@-]");
        if ((input("Policy") ?? input("PolicyArns.member.1.arn")) is not null)
        {
            throw Invalid("The local engine has no session policies: leave Policy and PolicyArns out");
        }

        var seconds = Seconds(input("DurationSeconds"));
        var arn = input("RoleArn") ?? "";
        if (roles.Of(arn) is not { } role || !MayTake(caller, role, arn, input("ExternalId")))
        {
            var who = caller?.Arn ?? $"arn:aws:iam::{roles.Place.Account}:user/scarnet-local";
            throw new ApiException(403, "AccessDenied", $"User: {who} is not authorized to perform: sts:AssumeRole on resource: {arn}");
        }

        var session = roles.Sessions.Begin(role.Record, name, clock.GetUtcNow().AddSeconds(seconds));
        return
        [
            new(
                Namespace + "Credentials",
                Element("AccessKeyId", session.AccessKey),
                Element("SecretAccessKey", session.SecretKey),
                Element("SessionToken", session.Token),
                Element("Expiration", session.Expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))),
            new(Namespace + "AssumedRoleUser", Element("AssumedRoleId", $"{session.RoleId}:{name}"), Element("Arn", roles.SessionArn(session))),
        ];
    }

    // The engine's own keys stand for its services too: with them a role can be tried as Lambda or Batch would take it. A role that takes
    // another must be trusted by name, or by account and allowed by its own policies.
    private bool MayTake(Caller? caller, KnownRole role, string arn, string? externalId)
    {
        if (caller is null)
        {
            return true;
        }

        var context = new Dictionary<string, IReadOnlyList<string>> { ["aws:PrincipalArn"] = [caller.RoleArn], ["aws:PrincipalAccount"] = [roles.Place.Account] };
        if (externalId is not null)
        {
            context["sts:ExternalId"] = [externalId];
        }

        var own = caller.Decide(new("sts:AssumeRole", arn));
        return own != AccessDecision.Denied
            && (role.Trusts([$"AWS:{caller.RoleArn}", $"AWS:{caller.Arn}"], context)
                || (own == AccessDecision.Allowed && role.Trusts(["*", "AWS:*", $"AWS:{roles.Place.Account}", $"AWS:arn:aws:iam::{roles.Place.Account}:root"], context)));
    }

    private static int Seconds(string? text) => text is null ? MostSeconds
        : !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds < LeastSeconds
            ? throw Invalid($"Value '{text}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to {LeastSeconds}")
        : seconds <= MostSeconds ? seconds
        : throw Invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");

    private static ApiException Invalid(string what) => new(400, "ValidationError", what);

    private static XElement Element(string name, string value) => new(Namespace + name, value);

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]{2,64}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SessionName();
}
