using System.Xml.Linq;
using Microsoft.Data.Sqlite;
using ScarNet.Core.Iam;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Iam;

/// <summary>The operations on the policies of roles.</summary>
internal sealed class RolePoliciesApi(Database database)
{
    private const int MaxName = 128;

    public async Task<IReadOnlyList<XElement>> Put(IamForm form, CancellationToken cancellation)
    {
        var (role, name, document) = (form.Name("RoleName"), form.Name("PolicyName", MaxName), Document(form["PolicyDocument"]));
        await database.Write(
            db =>
            {
                var others = Policies(db, role).Where(policy => policy.Key != name).Sum(policy => Length(policy.Value));
                if (others + Length(document) > PolicyDocument.MaxInlineCharacters)
                {
                    throw IamFault.TooLong(role);
                }

                RoleStore.PutPolicy(db, role, name, document);
            },
            cancellation);
        return [];
    }

    public Task<IReadOnlyList<XElement>> Get(IamForm form)
    {
        var (role, name) = (form.Name("RoleName"), form.Name("PolicyName", MaxName));
        var document = database.Read(db => Policies(db, role)).GetValueOrDefault(name) ?? throw IamFault.NoPolicy(name);
        return Answer(Element("RoleName", role), Element("PolicyName", name), Element("PolicyDocument", Uri.EscapeDataString(document)));
    }

    public Task<IReadOnlyList<XElement>> List(IamForm form)
    {
        var role = form.Name("RoleName");
        var names = database.Read(db => Policies(db, role)).Keys;
        return Answer(Element("IsTruncated", "false"), new(IamApi.Namespace + "PolicyNames", names.Select(name => Element("member", name))));
    }

    public async Task<IReadOnlyList<XElement>> Delete(IamForm form, CancellationToken cancellation)
    {
        var (role, name) = (form.Name("RoleName"), form.Name("PolicyName", MaxName));
        await database.Write(
            db =>
            {
                Policies(db, role);
                if (!RoleStore.DeletePolicy(db, role, name))
                {
                    throw IamFault.NoPolicy(name);
                }
            },
            cancellation);
        return [];
    }

    public Task<IReadOnlyList<XElement>> ListInstanceProfiles(IamForm form) => Nothing(form, "InstanceProfiles");

    private static SortedDictionary<string, string> Policies(SqliteConnection db, string role) =>
        RoleStore.Find(db, role) is null ? throw IamFault.NoRole(role) : RoleStore.Policies(db, role);

    /// <exception cref="Http.ApiException">It is no policy of an identity.</exception>
    public static string Document(string? json)
    {
        try
        {
            return PolicyReader.Read(json ?? "").Statements.All(s => s.Resources.Count + s.NotResources.Count > 0)
                ? json!
                : throw IamFault.Malformed("Policy statement must contain resources.");
        }
        catch (FormatException e)
        {
            throw IamFault.Malformed(e.Message);
        }
    }

    /// <summary>As IAM counts it.</summary>
    public static int Length(string document) => document.Count(c => !char.IsWhiteSpace(c));

    private static XElement Element(string name, string value) => new(IamApi.Namespace + name, value);

    private static Task<IReadOnlyList<XElement>> Answer(params IReadOnlyList<XElement> elements) => Task.FromResult(elements);

    private Task<IReadOnlyList<XElement>> Nothing(IamForm form, string list)
    {
        var role = form.Name("RoleName");
        database.Read(db => Policies(db, role));
        return Answer(Element("IsTruncated", "false"), new XElement(IamApi.Namespace + list));
    }
}
