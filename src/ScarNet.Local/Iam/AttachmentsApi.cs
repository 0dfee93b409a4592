using System.Xml.Linq;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Iam;

/// <summary>The operations that give roles managed policies, and a boundary.</summary>
internal sealed class AttachmentsApi(Database database, KnownPolicies known)
{
    public Task<IReadOnlyList<XElement>> Attach(IamForm form, CancellationToken cancellation)
    {
        var arn = form["PolicyArn"] ?? "";
        return Change(
            form,
            (db, role) =>
            {
                Require(db, arn);
                PolicyStore.Attach(db, role, arn);
            },
            cancellation);
    }

    public Task<IReadOnlyList<XElement>> Detach(IamForm form, CancellationToken cancellation)
    {
        var arn = form["PolicyArn"] ?? "";
        return Change(
            form,
            (db, role) =>
            {
                if (!PolicyStore.Detach(db, role, arn))
                {
                    throw IamFault.NotAttached(arn);
                }
            },
            cancellation);
    }

    public Task<IReadOnlyList<XElement>> List(IamForm form)
    {
        var role = form.Name("RoleName");
        var attached = database.Read(db => RoleStore.Find(db, role) is null ? throw IamFault.NoRole(role) : PolicyStore.Attached(db, role));
        return Task.FromResult<IReadOnlyList<XElement>>(
            [new(IamApi.Namespace + "IsTruncated", "false"), new(IamApi.Namespace + "AttachedPolicies", attached.Select(Xml))]);
    }

    public Task<IReadOnlyList<XElement>> SetBoundary(IamForm form, CancellationToken cancellation)
    {
        var arn = form["PermissionsBoundary"] ?? "";
        return Change(
            form,
            (db, role) =>
            {
                Require(db, arn);
                PolicyStore.SetBoundary(db, role, arn);
            },
            cancellation);
    }

    public Task<IReadOnlyList<XElement>> RemoveBoundary(IamForm form, CancellationToken cancellation) => Change(
        form,
        (db, role) =>
        {
            if (!PolicyStore.RemoveBoundary(db, role))
            {
                throw IamFault.NoBoundary(role);
            }
        },
        cancellation);

    /// <exception cref="Http.ApiException">The engine knows no such policy.</exception>
    public void Require(SqliteConnection db, string arn)
    {
        if (known.Document(db, arn) is null)
        {
            throw IamFault.NoManagedPolicy(arn);
        }
    }

    /// <summary>An attached policy as IAM lists it.</summary>
    public static XElement Xml(string arn) => new(
        IamApi.Namespace + "member",
        new XElement(IamApi.Namespace + "PolicyName", arn[(arn.LastIndexOf('/') + 1)..]),
        new XElement(IamApi.Namespace + "PolicyArn", arn));

    private async Task<IReadOnlyList<XElement>> Change(IamForm form, Action<SqliteConnection, string> change, CancellationToken cancellation)
    {
        var name = form.Name("RoleName");
        await database.Write(
            db => change(db, RoleStore.Find(db, name) is null ? throw IamFault.NoRole(name) : name), cancellation);
        return [];
    }
}
