using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Events;

/// <summary>Rules and targets in the database.</summary>
internal static class EventStore
{
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS event_rules (
            name TEXT NOT NULL PRIMARY KEY, pattern TEXT NOT NULL, state TEXT NOT NULL, description TEXT, role TEXT, tags TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS event_targets (
            rule TEXT NOT NULL REFERENCES event_rules (name), id TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (rule, id)) WITHOUT ROWID;
        """;

    private const string Columns = "name, pattern, state, description, role, tags";

    public static EventRule? Find(SqliteConnection db, string name) =>
        db.Rows($"SELECT {Columns} FROM event_rules WHERE name = $name", Rule, ("$name", name)).SingleOrDefault();

    /// <summary>By name, those behind a name.</summary>
    public static List<EventRule> List(SqliteConnection db, string prefix, string after, long most) => db.Rows(
        $"SELECT {Columns} FROM event_rules WHERE substr(name, 1, length($prefix)) = $prefix AND name > $after ORDER BY name LIMIT $most",
        Rule,
        ("$prefix", prefix),
        ("$after", after),
        ("$most", most));

    public static void Put(SqliteConnection db, EventRule rule) => db.Run(
        $"INSERT OR REPLACE INTO event_rules ({Columns}) VALUES ($name, $pattern, $state, $description, $role, $tags)",
        ("$name", rule.Name),
        ("$pattern", rule.Pattern),
        ("$state", rule.State),
        ("$description", rule.Description),
        ("$role", rule.Role),
        ("$tags", JsonOutput.Text(JsonOutput.Map(rule.Tags))));

    public static void Delete(SqliteConnection db, string name) => db.Run("DELETE FROM event_rules WHERE name = $name", ("$name", name));

    /// <summary>Of one rule by id, or of all.</summary>
    public static List<EventTarget> Targets(SqliteConnection db, string? rule) => db.Rows(
        "SELECT rule, id, document FROM event_targets WHERE $rule IS NULL OR rule = $rule ORDER BY rule, id",
        row => new EventTarget(row.GetString(0), row.GetString(1), row.GetString(2)),
        ("$rule", rule));

    public static void PutTarget(SqliteConnection db, EventTarget target) => db.Run(
        "INSERT OR REPLACE INTO event_targets (rule, id, document) VALUES ($rule, $id, $document)",
        ("$rule", target.Rule),
        ("$id", target.Id),
        ("$document", target.Document));

    public static bool DeleteTarget(SqliteConnection db, string rule, string id) =>
        db.Run("DELETE FROM event_targets WHERE rule = $rule AND id = $id", ("$rule", rule), ("$id", id)) > 0;

    private static EventRule Rule(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.TextOrNull(3), row.TextOrNull(4), TextMap.Read(row.GetString(5)));
}
