using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Ec2;
using ScarNet.Local.Http;
using ScarNet.Local.Http.Signing;
using ScarNet.Local.Secrets;

namespace ScarNet.Local.Access;

/// <summary>
/// What requests that are signed as a role may do: each service's operation stands for actions on resources, and all of them must be
/// allowed. Source of actions, resources and condition keys: docs.aws.amazon.com/service-authorization/latest/reference/
/// </summary>
internal sealed class Authorization(EngineContext engine)
{
    private readonly RoleAccess access = engine.Roles;
    private readonly SecretFiles secrets = engine.Secrets;

    /// <summary>Lets a request pass, and tells the services who makes it.</summary>
    /// <param name="context">Verified; bodies of all services but S3 have been read.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="service">In the scope of its signature.</param>
    /// <param name="protocol">How it is refused.</param>
    /// <exception cref="ApiException">The role is gone, or does not allow it.</exception>
    public void Admit(HttpContext context, RequestTarget target, string service, Protocol protocol)
    {
        if (SignedRequest.Of(context).Session is not { } session)
        {
            return;
        }

        var caller = access.Caller(session) ?? throw Refusal.Key(protocol, session.AccessKey);
        foreach (var request in Asked(context, target, service))
        {
            caller.Require(request, protocol);
        }

        context.Features.Set(caller);
    }

    private IEnumerable<AccessRequest> Asked(HttpContext context, RequestTarget target, string service) => service switch
    {
        "s3" => new S3Actions(access.Place).Of(context),
        "lambda" => new LambdaActions(access.Place).Of(context, target),
        "batch" => new BatchActions(access.Place).Of(context, target),
        "logs" => new LogsActions(access.Place).Of(context),
        "events" => new EventsActions(access.Place).Of(context),
        "sqs" => new SqsActions(access.Place).Of(context),
        "sns" => new SnsActions(access.Place).Of(context),
        "ec2" => new Ec2Actions(access.Place, name => engine.Database.Read(db => LaunchTemplates.IdOf(db, name))).Of(context),
        "ecr" => new EcrActions(access.Place).Of(context),
        "iam" => new IamActions(access).Of(context),
        "secretsmanager" => new SecretsActions(access.Place, secrets).OfSecrets(context),
        "ssm" => new SecretsActions(access.Place, secrets).OfParameters(context),
        "sts" => [], // GetCallerIdentity asks for nothing, and AssumeRole also asks the other role
        _ => [new($"{service}:*", "*")], // the engine's own calls are for who runs it
    };
}
