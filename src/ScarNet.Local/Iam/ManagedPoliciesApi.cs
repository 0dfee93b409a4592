using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Iam;

/// <summary>The operations on managed policies and their versions.</summary>
internal sealed class ManagedPoliciesApi(Database database, KnownPolicies known, TimeProvider clock)
{
    private const string IdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int IdLength = 17;
    private const int MaxName = 128;

    // Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    private const int MaxVersions = 5;
    private const int MaxCharacters = 6144;

    public async Task<IReadOnlyList<XElement>> Create(IamForm form, CancellationToken cancellation)
    {
        var policy = new PolicyRecord(
            form.Name("PolicyName", MaxName),
            form.Path("Path"),
            "ANPA" + RandomNumberGenerator.GetString(IdLetters, IdLength),
            Now,
            form["Description"] ?? "",
            1,
            Document(form));
        await database.Write(
            db =>
            {
                if (PolicyStore.Find(db, policy.Name) is not null)
                {
                    throw IamFault.PolicyExists(policy.Name);
                }

                PolicyStore.Add(db, policy);
            },
            cancellation);
        return [Xml(policy, default)];
    }

    public Task<IReadOnlyList<XElement>> Get(IamForm form) => Read(form, (db, policy) => [Xml(policy, PolicyStore.Uses(db, known.Arn(policy)))]);

    public Task<IReadOnlyList<XElement>> List(IamForm form)
    {
        var most = form.MaxItems();
        return Task.FromResult<IReadOnlyList<XElement>>(database.Read(db =>
        {
            var found = form["Scope"] == "AWS" ? [] : PolicyStore.List(db, form["PathPrefix"] ?? "/", form["Marker"] ?? "", most + 1);
            List<XElement> answer =
            [
                Element("IsTruncated", found.Count > most ? "true" : "false"),
                new(IamApi.Namespace + "Policies", found.Take(most).Select(policy => Xml(policy, PolicyStore.Uses(db, known.Arn(policy)), "member"))),
            ];
            if (found.Count > most)
            {
                answer.Add(Element("Marker", found[most - 1].Name));
            }

            return answer;
        }));
    }

    public Task<IReadOnlyList<XElement>> GetVersion(IamForm form) =>
        Read(form, (db, policy) => [Xml(policy, Version(db, policy, form), "PolicyVersion", document: true)]);

    public Task<IReadOnlyList<XElement>> ListVersions(IamForm form) => Read(form, (db, policy) =>
    [
        Element("IsTruncated", "false"),
        new(IamApi.Namespace + "Versions", PolicyStore.Versions(db, policy.Name).Select(version => Xml(policy, version, "member", document: false))),
    ]);

    public async Task<IReadOnlyList<XElement>> CreateVersion(IamForm form, CancellationToken cancellation)
    {
        var document = Document(form);
        XElement? answer = null;
        await Change(
            form,
            (db, policy) =>
            {
                var versions = PolicyStore.Versions(db, policy.Name);
                if (versions.Count >= MaxVersions)
                {
                    throw IamFault.TooManyVersions();
                }

                var version = new PolicyVersion(versions[0].Number + 1, document, Now);
                PolicyStore.AddVersion(db, policy.Name, version);
                if (form["SetAsDefault"] == "true")
                {
                    PolicyStore.SetDefault(db, policy.Name, version.Number);
                    policy = policy with { Default = version.Number };
                }

                answer = Xml(policy, version, "PolicyVersion", document: false);
            },
            cancellation);
        return [answer!];
    }

    public Task<IReadOnlyList<XElement>> SetDefault(IamForm form, CancellationToken cancellation) =>
        Change(form, (db, policy) => PolicyStore.SetDefault(db, policy.Name, Version(db, policy, form).Number), cancellation);

    public Task<IReadOnlyList<XElement>> DeleteVersion(IamForm form, CancellationToken cancellation) => Change(
        form,
        (db, policy) =>
        {
            var version = Version(db, policy, form);
            if (version.Number == policy.Default)
            {
                throw IamFault.InUse("Cannot delete the default version of a policy.");
            }

            PolicyStore.DeleteVersion(db, policy.Name, version.Number);
        },
        cancellation);

    public Task<IReadOnlyList<XElement>> Delete(IamForm form, CancellationToken cancellation) => Change(
        form,
        (db, policy) =>
        {
            if (PolicyStore.Uses(db, known.Arn(policy)) != (0, 0))
            {
                throw IamFault.InUse("Cannot delete a policy attached to entities.");
            }

            if (PolicyStore.Versions(db, policy.Name).Count > 1)
            {
                throw IamFault.InUse("This policy has more than one version. Before you delete a policy, you must delete the policy's versions.");
            }

            PolicyStore.Delete(db, policy.Name);
        },
        cancellation);

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private static string Document(IamForm form)
    {
        var document = RolePoliciesApi.Document(form["PolicyDocument"]);
        return RolePoliciesApi.Length(document) <= MaxCharacters ? document : throw IamFault.PolicyTooLong();
    }

    private static PolicyVersion Version(SqliteConnection db, PolicyRecord policy, IamForm form) =>
        PolicyStore.Versions(db, policy.Name).Find(version => Text(version.Number) == form["VersionId"])
        ?? throw IamFault.NoVersion(form["VersionId"] ?? "");

    private static string Text(int version) => string.Create(CultureInfo.InvariantCulture, $"v{version}");

    private static string Text(long time) => DateTimeOffset.FromUnixTimeSeconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static XElement Element(string name, string value) => new(IamApi.Namespace + name, value);

    private static XElement Xml(PolicyRecord policy, PolicyVersion version, string name, bool document) => new(
        IamApi.Namespace + name,
        document ? Element("Document", Uri.EscapeDataString(version.Document)) : null,
        Element("VersionId", Text(version.Number)),
        Element("IsDefaultVersion", version.Number == policy.Default ? "true" : "false"),
        Element("CreateDate", Text(version.Created)));

    private XElement Xml(PolicyRecord policy, (int Attached, int Bounding) uses, string name = "Policy") => new(
        IamApi.Namespace + name,
        Element("PolicyName", policy.Name),
        Element("PolicyId", policy.Id),
        Element("Arn", known.Arn(policy)),
        Element("Path", policy.Path),
        Element("DefaultVersionId", Text(policy.Default)),
        Element("AttachmentCount", Number(uses.Attached)),
        Element("PermissionsBoundaryUsageCount", Number(uses.Bounding)),
        Element("IsAttachable", "true"),
        Element("Description", policy.Description),
        Element("CreateDate", Text(policy.Created)));

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private PolicyRecord Find(SqliteConnection db, string arn) => known.Own(db, arn) ?? throw IamFault.NoManagedPolicy(arn);

    private Task<IReadOnlyList<XElement>> Read(IamForm form, Func<SqliteConnection, PolicyRecord, IReadOnlyList<XElement>> answer)
    {
        var arn = form["PolicyArn"] ?? "";
        return Task.FromResult(database.Read(db => answer(db, Find(db, arn))));
    }

    private async Task<IReadOnlyList<XElement>> Change(IamForm form, Action<SqliteConnection, PolicyRecord> change, CancellationToken cancellation)
    {
        var arn = form["PolicyArn"] ?? "";
        await database.Write(db => change(db, Find(db, arn)), cancellation);
        return [];
    }
}
