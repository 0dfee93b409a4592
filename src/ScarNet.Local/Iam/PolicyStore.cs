using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Iam;

/// <summary>Managed policies, the roles that have them, and those whose boundary they are, in the database.</summary>
internal static class PolicyStore
{
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS iam_policies (
            name TEXT NOT NULL COLLATE NOCASE PRIMARY KEY, path TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL,
            description TEXT NOT NULL, version INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS iam_policy_versions (
            policy TEXT NOT NULL COLLATE NOCASE REFERENCES iam_policies (name), number INTEGER NOT NULL, document TEXT NOT NULL,
            created INTEGER NOT NULL, PRIMARY KEY (policy, number)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS iam_attachments (
            role TEXT NOT NULL COLLATE NOCASE REFERENCES iam_roles (name), arn TEXT NOT NULL, PRIMARY KEY (role, arn)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS iam_boundaries (
            role TEXT NOT NULL COLLATE NOCASE PRIMARY KEY REFERENCES iam_roles (name), arn TEXT NOT NULL) WITHOUT ROWID;
        """;

    private const string Select =
        "SELECT p.name, p.path, p.id, p.created, p.description, p.version, v.document FROM iam_policies p "
        + "JOIN iam_policy_versions v ON v.policy = p.name AND v.number = p.version";

    public static PolicyRecord? Find(SqliteConnection db, string name) =>
        db.Rows($"{Select} WHERE p.name = $name", Policy, ("$name", name)).SingleOrDefault();

    /// <summary>By name, those behind the marker.</summary>
    public static List<PolicyRecord> List(SqliteConnection db, string pathPrefix, string after, int most) => db.Rows(
        $"{Select} WHERE substr(p.path, 1, length($prefix)) = $prefix AND p.name > $after ORDER BY p.name LIMIT $most",
        Policy,
        ("$prefix", pathPrefix),
        ("$after", after),
        ("$most", most));

    public static void Add(SqliteConnection db, PolicyRecord policy)
    {
        db.Run(
            "INSERT INTO iam_policies (name, path, id, created, description, version) VALUES ($name, $path, $id, $created, $description, $version)",
            ("$name", policy.Name),
            ("$path", policy.Path),
            ("$id", policy.Id),
            ("$created", policy.Created),
            ("$description", policy.Description),
            ("$version", policy.Default));
        AddVersion(db, policy.Name, new(policy.Default, policy.Document, policy.Created));
    }

    public static List<PolicyVersion> Versions(SqliteConnection db, string policy) => db.Rows(
        "SELECT number, document, created FROM iam_policy_versions WHERE policy = $policy ORDER BY number DESC",
        row => new PolicyVersion(row.GetInt32(0), row.GetString(1), row.GetInt64(2)),
        ("$policy", policy));

    public static void AddVersion(SqliteConnection db, string policy, PolicyVersion version) => db.Run(
        "INSERT INTO iam_policy_versions (policy, number, document, created) VALUES ($policy, $number, $document, $created)",
        ("$policy", policy),
        ("$number", version.Number),
        ("$document", version.Document),
        ("$created", version.Created));

    public static void SetDefault(SqliteConnection db, string policy, int version) =>
        db.Run("UPDATE iam_policies SET version = $version WHERE name = $policy", ("$policy", policy), ("$version", version));

    public static void DeleteVersion(SqliteConnection db, string policy, int version) => db.Run(
        "DELETE FROM iam_policy_versions WHERE policy = $policy AND number = $version", ("$policy", policy), ("$version", version));

    public static void Delete(SqliteConnection db, string policy)
    {
        db.Run("DELETE FROM iam_policy_versions WHERE policy = $policy", ("$policy", policy));
        db.Run("DELETE FROM iam_policies WHERE name = $policy", ("$policy", policy));
    }

    /// <summary>ARNs of the policies that a role has.</summary>
    public static List<string> Attached(SqliteConnection db, string role) =>
        db.Rows("SELECT arn FROM iam_attachments WHERE role = $role ORDER BY arn", row => row.GetString(0), ("$role", role));

    public static void Attach(SqliteConnection db, string role, string arn) =>
        db.Run("INSERT INTO iam_attachments (role, arn) VALUES ($role, $arn) ON CONFLICT DO NOTHING", ("$role", role), ("$arn", arn));

    public static bool Detach(SqliteConnection db, string role, string arn) =>
        db.Run("DELETE FROM iam_attachments WHERE role = $role AND arn = $arn", ("$role", role), ("$arn", arn)) > 0;

    /// <summary>ARN of the most that a role may do; null when it has no boundary.</summary>
    public static string? Boundary(SqliteConnection db, string role) =>
        db.Rows("SELECT arn FROM iam_boundaries WHERE role = $role", row => row.GetString(0), ("$role", role)).SingleOrDefault();

    public static void SetBoundary(SqliteConnection db, string role, string arn) => db.Run(
        "INSERT INTO iam_boundaries (role, arn) VALUES ($role, $arn) ON CONFLICT (role) DO UPDATE SET arn = excluded.arn",
        ("$role", role),
        ("$arn", arn));

    public static bool RemoveBoundary(SqliteConnection db, string role) => db.Run("DELETE FROM iam_boundaries WHERE role = $role", ("$role", role)) > 0;

    /// <summary>How many roles have the policy, or have it as their boundary.</summary>
    public static (int Attached, int Bounding) Uses(SqliteConnection db, string arn) => (
        db.Rows("SELECT count(*) FROM iam_attachments WHERE arn = $arn", row => row.GetInt32(0), ("$arn", arn)).Single(),
        db.Rows("SELECT count(*) FROM iam_boundaries WHERE arn = $arn", row => row.GetInt32(0), ("$arn", arn)).Single());

    private static PolicyRecord Policy(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetInt32(5), row.GetString(6));
}
