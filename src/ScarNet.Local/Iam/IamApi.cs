using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Iam;

/// <summary>IAM, as far as roles and their policies go: query protocol, version 2010-05-08.</summary>
internal sealed class IamApi
{
    public const string Schema = RoleStore.Schema + PolicyStore.Schema;

    public static readonly XNamespace Namespace = "https://iam.amazonaws.com/doc/2010-05-08/";

    private readonly RolesApi roles;
    private readonly RolePoliciesApi policies;
    private readonly ManagedPoliciesApi managed;
    private readonly AttachmentsApi attachments;
    private readonly Action changed;

    /// <param name="database">Where roles are kept.</param>
    /// <param name="account">Whose they are.</param>
    /// <param name="clock">The time.</param>
    /// <param name="changed">Called after every change.</param>
    public IamApi(Database database, string account, TimeProvider clock, Action changed)
    {
        this.changed = changed;
        var known = new KnownPolicies(account);
        attachments = new(database, known);
        roles = new(database, account, attachments, clock);
        policies = new(database);
        managed = new(database, known, clock);
    }

    public async Task Handle(HttpContext context)
    {
        var form = IamForm.Read(context);
        var action = form["Action"] ?? "(none)";
        var result = await Answer(action, form, context.RequestAborted);
        if (!action.StartsWith("Get", StringComparison.Ordinal) && !action.StartsWith("List", StringComparison.Ordinal))
        {
            changed();
        }

        var answer = new XElement(
            Namespace + $"{action}Response",
            result.Count == 0 ? null : new XElement(Namespace + $"{action}Result", result),
            new XElement(Namespace + "ResponseMetadata", new XElement(Namespace + "RequestId", RequestId.Of(context))));
        var body = Encoding.UTF8.GetBytes(answer.ToString(SaveOptions.DisableFormatting));
        context.Response.ContentType = "text/xml";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <returns>What is in the answer's result; nothing where AWS answers with none.</returns>
    private Task<IReadOnlyList<XElement>> Answer(string action, IamForm form, CancellationToken cancellation) => action switch
    {
        "CreateRole" => roles.Create(form, cancellation),
        "GetRole" => roles.Get(form),
        "ListRoles" => roles.List(form),
        "GetAccountAuthorizationDetails" => roles.Details(form),
        "UpdateAssumeRolePolicy" => roles.SetTrust(form, cancellation),
        "DeleteRole" => roles.Delete(form, cancellation),
        "TagRole" => roles.Tag(form, cancellation),
        "UntagRole" => roles.Untag(form, cancellation),
        "ListRoleTags" => roles.ListTags(form),
        "PutRolePolicy" => policies.Put(form, cancellation),
        "GetRolePolicy" => policies.Get(form),
        "ListRolePolicies" => policies.List(form),
        "DeleteRolePolicy" => policies.Delete(form, cancellation),
        "ListAttachedRolePolicies" => attachments.List(form),
        "AttachRolePolicy" => attachments.Attach(form, cancellation),
        "DetachRolePolicy" => attachments.Detach(form, cancellation),
        "PutRolePermissionsBoundary" => attachments.SetBoundary(form, cancellation),
        "DeleteRolePermissionsBoundary" => attachments.RemoveBoundary(form, cancellation),
        "CreatePolicy" => managed.Create(form, cancellation),
        "GetPolicy" => managed.Get(form),
        "ListPolicies" => managed.List(form),
        "DeletePolicy" => managed.Delete(form, cancellation),
        "CreatePolicyVersion" => managed.CreateVersion(form, cancellation),
        "GetPolicyVersion" => managed.GetVersion(form),
        "ListPolicyVersions" => managed.ListVersions(form),
        "SetDefaultPolicyVersion" => managed.SetDefault(form, cancellation),
        "DeletePolicyVersion" => managed.DeleteVersion(form, cancellation),
        "ListInstanceProfilesForRole" => policies.ListInstanceProfiles(form),
        _ => throw new ApiException(400, "InvalidAction", $"Could not find operation {action} for version 2010-05-08: the local engine has roles and their policies."),
    };
}
