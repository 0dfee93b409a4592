using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.Data.Sqlite;
using ScarNet.Core.Iam;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Iam;

/// <summary>The operations on roles.</summary>
internal sealed class RolesApi(Database database, string account, AttachmentsApi attachments, TimeProvider clock)
{
    private const string IdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int IdLength = 17;

    public async Task<IReadOnlyList<XElement>> Create(IamForm form, CancellationToken cancellation)
    {
        var role = new RoleRecord(
            form.Name("RoleName"),
            form.Path("Path"),
            "AROA" + RandomNumberGenerator.GetString(IdLetters, IdLength),
            Trust(form["AssumeRolePolicyDocument"]),
            clock.GetUtcNow().ToUnixTimeSeconds(),
            form["Description"] ?? "",
            form.Tags());
        var boundary = form["PermissionsBoundary"];
        await database.Write(
            db =>
            {
                if (RoleStore.Find(db, role.Name) is not null)
                {
                    throw IamFault.Exists(role.Name);
                }

                RoleStore.Add(db, role);
                if (boundary is not null)
                {
                    attachments.Require(db, boundary);
                    PolicyStore.SetBoundary(db, role.Name, boundary);
                }
            },
            cancellation);
        return [Xml(role, boundary, tags: true)];
    }

    public Task<IReadOnlyList<XElement>> Get(IamForm form) => Read(form, (db, role) => [Xml(role, PolicyStore.Boundary(db, role.Name), tags: true)]);

    public Task<IReadOnlyList<XElement>> List(IamForm form) =>
        Page(form, form["PathPrefix"] ?? "/", "Roles", (_, role) => Xml(role, null, tags: false, "member"));

    /// <summary>GetAccountAuthorizationDetails: there is nothing but roles here.</summary>
    public Task<IReadOnlyList<XElement>> Details(IamForm form)
    {
        var filter = form.List("Filter").ToList();
        return filter.Count > 0 && !filter.Contains("Role")
            ? Task.FromResult<IReadOnlyList<XElement>>([Element("IsTruncated", "false")])
            : Page(form, "/", "RoleDetailList", (db, role) =>
            {
                var xml = Xml(role, PolicyStore.Boundary(db, role.Name), tags: true, "member");
                xml.Add(new XElement(IamApi.Namespace + "RolePolicyList", RoleStore.Policies(db, role.Name).Select(policy => new XElement(
                    IamApi.Namespace + "member", Element("PolicyName", policy.Key), Element("PolicyDocument", Uri.EscapeDataString(policy.Value))))));
                xml.Add(
                    new XElement(IamApi.Namespace + "AttachedManagedPolicies", PolicyStore.Attached(db, role.Name).Select(AttachmentsApi.Xml)),
                    new XElement(IamApi.Namespace + "InstanceProfileList"));
                return xml;
            });
    }

    public Task<IReadOnlyList<XElement>> SetTrust(IamForm form, CancellationToken cancellation)
    {
        var trust = Trust(form["PolicyDocument"]);
        return Change(form, (db, role) => RoleStore.SetTrust(db, role.Name, trust), cancellation);
    }

    public Task<IReadOnlyList<XElement>> Delete(IamForm form, CancellationToken cancellation) => Change(
        form,
        (db, role) =>
        {
            if (RoleStore.Policies(db, role.Name).Count + PolicyStore.Attached(db, role.Name).Count > 0)
            {
                throw IamFault.HasPolicies();
            }

            PolicyStore.RemoveBoundary(db, role.Name);
            RoleStore.Delete(db, role.Name);
        },
        cancellation);

    public Task<IReadOnlyList<XElement>> Tag(IamForm form, CancellationToken cancellation)
    {
        var added = form.Tags();
        return Change(
            form,
            (db, role) => RoleStore.SetTags(
                db, role.Name, role.Tags.Where(tag => !added.ContainsKey(tag.Key)).Concat(added).ToDictionary(tag => tag.Key, tag => tag.Value)),
            cancellation);
    }

    public Task<IReadOnlyList<XElement>> Untag(IamForm form, CancellationToken cancellation)
    {
        var removed = form.List("TagKeys").ToHashSet();
        return Change(
            form,
            (db, role) => RoleStore.SetTags(
                db, role.Name, role.Tags.Where(tag => !removed.Contains(tag.Key)).ToDictionary(tag => tag.Key, tag => tag.Value)),
            cancellation);
    }

    public Task<IReadOnlyList<XElement>> ListTags(IamForm form) => Read(form, (_, role) => [Tags(role), Element("IsTruncated", "false")]);

    private static XElement Element(string name, string value) => new(IamApi.Namespace + name, value);

    private static XElement Tags(RoleRecord role) => new(
        IamApi.Namespace + "Tags",
        role.Tags.Select(tag => new XElement(IamApi.Namespace + "member", Element("Key", tag.Key), Element("Value", tag.Value))));

    private static string Trust(string? json)
    {
        try
        {
            return PolicyReader.Read(json ?? "").Statements.All(s => s.Resources.Count + s.NotResources.Count == 0)
                ? json!
                : throw IamFault.Malformed("Has prohibited field Resource");
        }
        catch (FormatException e)
        {
            throw IamFault.Malformed(e.Message);
        }
    }

    private Task<IReadOnlyList<XElement>> Page(IamForm form, string path, string list, Func<SqliteConnection, RoleRecord, XElement> show)
    {
        var most = form.MaxItems();
        return Task.FromResult<IReadOnlyList<XElement>>(database.Read(db =>
        {
            var found = RoleStore.List(db, path, form["Marker"] ?? "", most + 1);
            List<XElement> answer =
            [
                Element("IsTruncated", found.Count > most ? "true" : "false"),
                new(IamApi.Namespace + list, found.Take(most).Select(role => show(db, role))),
            ];
            if (found.Count > most)
            {
                answer.Add(Element("Marker", found[most - 1].Name));
            }

            return answer;
        }));
    }

    private Task<IReadOnlyList<XElement>> Read(IamForm form, Func<SqliteConnection, RoleRecord, IReadOnlyList<XElement>> answer)
    {
        var name = form.Name("RoleName");
        return Task.FromResult(database.Read(db => answer(db, RoleStore.Find(db, name) ?? throw IamFault.NoRole(name))));
    }

    private async Task<IReadOnlyList<XElement>> Change(
        IamForm form, Action<SqliteConnection, RoleRecord> change, CancellationToken cancellation)
    {
        var name = form.Name("RoleName");
        await database.Write(db => change(db, RoleStore.Find(db, name) ?? throw IamFault.NoRole(name)), cancellation);
        return [];
    }

    private XElement Xml(RoleRecord role, string? boundary, bool tags, string name = "Role")
    {
        var xml = new XElement(
            IamApi.Namespace + name,
            Element("Path", role.Path),
            Element("RoleName", role.Name),
            Element("RoleId", role.Id),
            Element("Arn", $"arn:aws:iam::{account}:role{role.Path}{role.Name}"),
            Element("CreateDate", DateTimeOffset.FromUnixTimeSeconds(role.Created).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            Element("AssumeRolePolicyDocument", Uri.EscapeDataString(role.Trust)),
            Element("MaxSessionDuration", "3600"));
        if (role.Description.Length > 0)
        {
            xml.Add(Element("Description", role.Description));
        }

        if (boundary is not null)
        {
            xml.Add(new XElement(
                IamApi.Namespace + "PermissionsBoundary", Element("PermissionsBoundaryType", "Policy"), Element("PermissionsBoundaryArn", boundary)));
        }

        if (tags && role.Tags.Count > 0)
        {
            xml.Add(Tags(role));
        }

        return xml;
    }
}
