using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Http;

namespace ScarNet.Local.Access;

/// <summary>Who has signed a request with a role's temporary credentials, and what the role's policies say to it.</summary>
internal sealed class Caller(RoleSession session, KnownRole role, RoleAccess access)
{
    public RoleSession Session => session;

    public KnownRole Role => role;

    /// <summary>The engine's account and region.</summary>
    public AwsPlace Place => access.Place;

    /// <summary>arn:aws:sts::…:assumed-role/ROLE/SESSION</summary>
    public string Arn { get; } = access.SessionArn(session);

    public string RoleArn { get; } = access.Arn(role.Record);

    public string UserId => $"{session.RoleId}:{session.Name}";

    /// <summary>The caller of a request; null for the engine's own keys, which may do everything.</summary>
    public static Caller? Of(HttpContext context) => context.Features.Get<Caller>();

    /// <summary>What the role's policies and its boundary say.</summary>
    public AccessDecision Decide(AccessRequest request)
    {
        var asked = request with { Context = Context(request) };
        return PolicyEvaluation.Decide(role.Policies, asked, role.Boundary);
    }

    public bool May(AccessRequest request) => Decide(request) == AccessDecision.Allowed;

    /// <exception cref="ApiException">The role's policies do not allow it, or deny it.</exception>
    public void Require(AccessRequest request, Protocol protocol)
    {
        if (Decide(request) is var decision and not AccessDecision.Allowed)
        {
            throw Refusal(request, decision, protocol);
        }
    }

    /// <summary>
    /// AWS's words. Source: docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html; S3 puts the resource in quotes:
    /// docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
    /// </summary>
    public ApiException Refusal(AccessRequest request, AccessDecision decision, Protocol protocol)
    {
        var why = decision switch
        {
            AccessDecision.Denied => "with an explicit deny in an identity-based policy",
            AccessDecision.BeyondBoundary => $"because no permissions boundary allows the {request.Action} action",
            _ => $"because no identity-based policy allows the {request.Action} action",
        };
        var service = request.Action.Split(':')[0];
        var resource = service == "s3" && protocol == Protocol.S3 ? $"\"{request.Resource}\"" : request.Resource;
        var jsonRpc = protocol == Protocol.Json && service is "logs" or "events" or "secretsmanager" or "ssm" or "kms"; // JSON 1.1 has no statuses of its own
        return new(
            jsonRpc ? 400 : 403,
            protocol == Protocol.Json ? "AccessDeniedException" : "AccessDenied",
            $"User: {Arn} is not authorized to perform: {request.Action} on resource: {resource} {why}");
    }

    private Dictionary<string, IReadOnlyList<string>> Context(AccessRequest request)
    {
        var context = new Dictionary<string, IReadOnlyList<string>>(request.Context)
        {
            ["aws:PrincipalArn"] = [RoleArn],
            ["aws:PrincipalAccount"] = [Place.Account],
            ["aws:PrincipalType"] = ["AssumedRole"],
            ["aws:userid"] = [UserId],
            ["aws:RequestedRegion"] = [Place.Region],
            ["aws:SecureTransport"] = ["false"],
        };
        if (session.Function is { } function)
        {
            context["lambda:SourceFunctionArn"] = [function]; // Source: docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
        }

        return context;
    }
}
