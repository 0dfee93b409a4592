using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Iam;

/// <summary>Roles and their inline policies in the database.</summary>
internal static class RoleStore
{
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS iam_roles (
            name TEXT NOT NULL COLLATE NOCASE PRIMARY KEY, path TEXT NOT NULL, id TEXT NOT NULL, trust TEXT NOT NULL,
            created INTEGER NOT NULL, description TEXT NOT NULL, tags TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS iam_role_policies (
            role TEXT NOT NULL COLLATE NOCASE REFERENCES iam_roles (name), name TEXT NOT NULL, document TEXT NOT NULL,
            PRIMARY KEY (role, name)) WITHOUT ROWID;
        """;

    private const string Columns = "name, path, id, trust, created, description, tags";

    public static RoleRecord? Find(SqliteConnection db, string name) =>
        db.Rows($"SELECT {Columns} FROM iam_roles WHERE name = $name", Role, ("$name", name)).SingleOrDefault();

    /// <summary>By name, those behind the marker.</summary>
    public static List<RoleRecord> List(SqliteConnection db, string pathPrefix, string after, int most) => db.Rows(
        $"SELECT {Columns} FROM iam_roles WHERE substr(path, 1, length($prefix)) = $prefix AND name > $after ORDER BY name LIMIT $most",
        Role,
        ("$prefix", pathPrefix),
        ("$after", after),
        ("$most", most));

    public static void Add(SqliteConnection db, RoleRecord role) => db.Run(
        $"INSERT INTO iam_roles ({Columns}) VALUES ($name, $path, $id, $trust, $created, $description, $tags)",
        ("$name", role.Name),
        ("$path", role.Path),
        ("$id", role.Id),
        ("$trust", role.Trust),
        ("$created", role.Created),
        ("$description", role.Description),
        ("$tags", Text(role.Tags)));

    public static void SetTrust(SqliteConnection db, string name, string trust) =>
        db.Run("UPDATE iam_roles SET trust = $trust WHERE name = $name", ("$name", name), ("$trust", trust));

    public static void SetTags(SqliteConnection db, string name, IReadOnlyDictionary<string, string> tags) =>
        db.Run("UPDATE iam_roles SET tags = $tags WHERE name = $name", ("$name", name), ("$tags", Text(tags)));

    public static void Delete(SqliteConnection db, string name) => db.Run("DELETE FROM iam_roles WHERE name = $name", ("$name", name));

    /// <summary>Name → document.</summary>
    public static SortedDictionary<string, string> Policies(SqliteConnection db, string role) => new(
        db.Rows(
            "SELECT name, document FROM iam_role_policies WHERE role = $role",
            row => (Name: row.GetString(0), Document: row.GetString(1)),
            ("$role", role)).ToDictionary(policy => policy.Name, policy => policy.Document),
        StringComparer.Ordinal);

    public static void PutPolicy(SqliteConnection db, string role, string name, string document) => db.Run(
        "INSERT INTO iam_role_policies (role, name, document) VALUES ($role, $name, $document) "
        + "ON CONFLICT (role, name) DO UPDATE SET document = excluded.document",
        ("$role", role),
        ("$name", name),
        ("$document", document));

    public static bool DeletePolicy(SqliteConnection db, string role, string name) =>
        db.Run("DELETE FROM iam_role_policies WHERE role = $role AND name = $name", ("$role", role), ("$name", name)) > 0;

    private static RoleRecord Role(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5), Tags(row.GetString(6)));

    private static string Text(IReadOnlyDictionary<string, string> tags) =>
        new JsonObject(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))).ToJsonString();

    private static Dictionary<string, string> Tags(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "");
    }
}
