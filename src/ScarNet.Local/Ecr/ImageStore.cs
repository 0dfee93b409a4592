using System.Text.Json;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Ecr;

/// <summary>Repositories, images and their tags in the database. What images are made of are files: <see cref="LayerFiles"/>.</summary>
internal static class ImageStore
{
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS ecr_repositories (
            name TEXT NOT NULL PRIMARY KEY, created INTEGER NOT NULL, tags TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS ecr_images (
            repository TEXT NOT NULL REFERENCES ecr_repositories (name), digest TEXT NOT NULL, type TEXT NOT NULL, manifest BLOB NOT NULL,
            pushed INTEGER NOT NULL, PRIMARY KEY (repository, digest)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS ecr_tags (
            repository TEXT NOT NULL REFERENCES ecr_repositories (name), tag TEXT NOT NULL, digest TEXT NOT NULL,
            PRIMARY KEY (repository, tag)) WITHOUT ROWID;
        """;

    public static RepositoryRecord? Find(SqliteConnection db, string name) =>
        db.Rows("SELECT name, created, tags FROM ecr_repositories WHERE name = $name", Repository, ("$name", name)).SingleOrDefault();

    public static List<RepositoryRecord> List(SqliteConnection db) => db.Rows("SELECT name, created, tags FROM ecr_repositories ORDER BY name", Repository);

    public static void Put(SqliteConnection db, RepositoryRecord repository) => db.Run(
        "INSERT INTO ecr_repositories (name, created, tags) VALUES ($name, $created, $tags) ON CONFLICT (name) DO UPDATE SET tags = excluded.tags",
        ("$name", repository.Name),
        ("$created", repository.Created),
        ("$tags", JsonSerializer.Serialize(repository.Tags)));

    public static void Delete(SqliteConnection db, string repository)
    {
        foreach (var table in (string[])["ecr_tags", "ecr_images"])
        {
            db.Run($"DELETE FROM {table} WHERE repository = $repository", ("$repository", repository));
        }

        db.Run("DELETE FROM ecr_repositories WHERE name = $repository", ("$repository", repository));
    }

    /// <summary>Of a repository, the newest first.</summary>
    public static List<ImageRecord> Images(SqliteConnection db, string repository) => db.Rows(
        "SELECT digest, type, manifest, pushed FROM ecr_images WHERE repository = $repository ORDER BY pushed DESC, digest",
        Image,
        ("$repository", repository));

    /// <param name="db">The database.</param>
    /// <param name="repository">Of that repository.</param>
    /// <param name="reference">A tag, or sha256:….</param>
    public static ImageRecord? Image(SqliteConnection db, string repository, string reference) => db.Rows(
        "SELECT digest, type, manifest, pushed FROM ecr_images WHERE repository = $repository AND digest = coalesce("
        + "(SELECT digest FROM ecr_tags WHERE repository = $repository AND tag = $reference), $reference)",
        Image,
        ("$repository", repository),
        ("$reference", reference)).SingleOrDefault();

    public static void Put(SqliteConnection db, string repository, ImageRecord image, string? tag)
    {
        db.Run(
            "INSERT INTO ecr_images (repository, digest, type, manifest, pushed) VALUES ($repository, $digest, $type, $manifest, $pushed) "
            + "ON CONFLICT (repository, digest) DO UPDATE SET pushed = excluded.pushed",
            ("$repository", repository),
            ("$digest", image.Digest),
            ("$type", image.MediaType),
            ("$manifest", image.Manifest),
            ("$pushed", image.Pushed));
        if (tag is not null)
        {
            db.Run(
                "INSERT INTO ecr_tags (repository, tag, digest) VALUES ($repository, $tag, $digest) ON CONFLICT (repository, tag) DO UPDATE SET digest = excluded.digest",
                ("$repository", repository),
                ("$tag", tag),
                ("$digest", image.Digest));
        }
    }

    public static List<string> Tags(SqliteConnection db, string repository, string? digest = null) => db.Rows(
        "SELECT tag FROM ecr_tags WHERE repository = $repository AND ($digest IS NULL OR digest = $digest) ORDER BY tag",
        row => row.GetString(0),
        ("$repository", repository),
        ("$digest", digest));

    public static void RemoveTag(SqliteConnection db, string repository, string tag) =>
        db.Run("DELETE FROM ecr_tags WHERE repository = $repository AND tag = $tag", ("$repository", repository), ("$tag", tag));

    public static void RemoveImage(SqliteConnection db, string repository, string digest)
    {
        db.Run("DELETE FROM ecr_tags WHERE repository = $repository AND digest = $digest", ("$repository", repository), ("$digest", digest));
        db.Run("DELETE FROM ecr_images WHERE repository = $repository AND digest = $digest", ("$repository", repository), ("$digest", digest));
    }

    /// <summary>Manifests of every image there is.</summary>
    public static List<byte[]> Manifests(SqliteConnection db) => db.Rows("SELECT manifest FROM ecr_images", row => (byte[])row.GetValue(0));

    private static RepositoryRecord Repository(SqliteDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(2))!);

    private static ImageRecord Image(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), (byte[])row.GetValue(2), row.GetInt64(3));
}
