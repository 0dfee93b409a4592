using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Http;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;
using static ScarNet.Local.Ec2.Ec2Xml;

namespace ScarNet.Local.Ec2;

/// <summary>Launch templates with their versions. They are kept and told; no machine is started by them.</summary>
internal sealed class LaunchTemplates(Database database, EngineSettings settings)
{
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS ec2_launch_templates (
            name TEXT NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, created INTEGER NOT NULL, tags TEXT NOT NULL, versions TEXT NOT NULL) WITHOUT ROWID;
        """;

    private const int IdDigits = 17;
    private const int MostUserData = 16_384; // Source: docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html, before base64

    public async Task<IEnumerable<XElement?>> Create(Ec2Form form, CancellationToken cancellation)
    {
        var name = form["LaunchTemplateName"] is { Length: >= 3 and <= 128 } given && given.All(c => char.IsAsciiLetterOrDigit(c) || "()./_-".Contains(c, StringComparison.Ordinal))
            ? given
            : throw Fault("InvalidLaunchTemplateName.MalformedException", "A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: -()./_");
        var made = new Template(
            name,
            "lt-" + RandomNumberGenerator.GetHexString(IdDigits, lowercase: true),
            settings.Clock.GetUtcNow().ToUnixTimeSeconds(),
            form.Tags("launch-template"),
            [Version(form)]);
        await database.Write(
            connection =>
            {
                if (Find(connection, name) is not null)
                {
                    throw Fault("InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use.");
                }

                connection.Run(
                    "INSERT INTO ec2_launch_templates (name, id, created, tags, versions) VALUES ($name, $id, $created, $tags, $versions)",
                    ("$name", made.Name), ("$id", made.Id), ("$created", made.Created), ("$tags", JsonOutput.Text(made.Tags)), ("$versions", JsonOutput.Text(made.Versions)));
                return true;
            },
            cancellation);
        return Shown(made);
    }

    public async Task<IEnumerable<XElement?>> AddVersion(Ec2Form form, CancellationToken cancellation)
    {
        var version = Version(form);
        return await database.Write(
            connection =>
            {
                var found = Find(connection, form);
                if (form["SourceVersion"] is { } source)
                {
                    version["Data"] = Over((JsonObject)found.Versions[Number(found, source) - 1]!["Data"]!, (JsonObject)version["Data"]!);
                }

                found.Versions.Add((JsonNode)version);
                connection.Run("UPDATE ec2_launch_templates SET versions = $versions WHERE id = $id", ("$versions", JsonOutput.Text(found.Versions)), ("$id", found.Id));
                return Shown(found, found.Versions.Count);
            },
            cancellation);
    }

    public XElement Describe(Ec2Form form)
    {
        var (ids, names, filters) = (form.List("LaunchTemplateId"), form.List("LaunchTemplateName"), form.Filters());
        var all = database.Read(connection => connection.Rows("SELECT name, id, created, tags, versions FROM ec2_launch_templates ORDER BY name", Row));
        if (names.FirstOrDefault(name => all.TrueForAll(template => template.Name != name)) is not null)
        {
            throw Fault("InvalidLaunchTemplateName.NotFoundException", "At least one of the launch templates specified in the request does not exist.");
        }

        if (ids.FirstOrDefault(id => all.TrueForAll(template => template.Id != id)) is not null)
        {
            throw Fault("InvalidLaunchTemplateId.NotFound", "At least one of the launch templates specified in the request does not exist.");
        }

        return Set("launchTemplates", all
            .Where(template => (ids.Count == 0 || ids.Contains(template.Id)) && (names.Count == 0 || names.Contains(template.Name)))
            .Where(template => filters.All(filter => Keeps(filter.Name, filter.Values, template)))
            .Select(template => Item([.. Shown(template)])));
    }

    public XElement DescribeVersions(Ec2Form form)
    {
        var found = database.Read(connection => Find(connection, form));
        var wanted = form.List("LaunchTemplateVersion").Select(version => Number(found, version)).ToList();
        return Set("launchTemplateVersionSet", Enumerable.Range(1, found.Versions.Count).Where(n => wanted.Count == 0 || wanted.Contains(n)).Select(n => Item([.. Shown(found, n)])));
    }

    public async Task<IEnumerable<XElement?>> Delete(Ec2Form form, CancellationToken cancellation) => await database.Write(
        connection =>
        {
            var found = Find(connection, form);
            connection.Run("DELETE FROM ec2_launch_templates WHERE id = $id", ("$id", found.Id));
            return Shown(found);
        },
        cancellation);

    private JsonObject Version(Ec2Form form)
    {
        var data = form.Tree("LaunchTemplateData");
        if ((string?)data["UserData"] is { } userData && (!Convert.TryFromBase64String(userData, new byte[userData.Length], out var bytes) || bytes > MostUserData))
        {
            throw Fault("InvalidUserData.Malformed", $"Invalid BASE64 encoding of user data, or more than {MostUserData} bytes.");
        }

        return new() { ["Data"] = data, ["Description"] = form["VersionDescription"], ["Created"] = settings.Clock.GetUtcNow().ToUnixTimeSeconds() };
    }

    // What the new version does not say itself it has from the other.
    private static JsonObject Over(JsonObject source, JsonObject own)
    {
        var merged = source.DeepClone().AsObject();
        foreach (var (name, value) in own)
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    private static int Number(Template template, string version) => version switch
    {
        "$Latest" => template.Versions.Count,
        "$Default" => 1,
        _ when int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= template.Versions.Count => number,
        _ => throw Fault("InvalidLaunchTemplateId.VersionNotFound", $"Could not find the specified version {version} for the launch template with ID {template.Id}."),
    };

    /// <summary>Id of the template of a name; null when there is none.</summary>
    public static string? IdOf(SqliteConnection connection, string name) => Find(connection, name)?.Id;

    private static Template Find(SqliteConnection connection, Ec2Form form) => (form["LaunchTemplateName"], form["LaunchTemplateId"]) switch
    {
        ({ } name, _) => Find(connection, name)
            ?? throw Fault("InvalidLaunchTemplateName.NotFoundException", "The specified launch template, with template name " + name + ", does not exist."),
        (_, { } id) => connection.Rows("SELECT name, id, created, tags, versions FROM ec2_launch_templates WHERE id = $id", Row, ("$id", id)).SingleOrDefault()
            ?? throw Fault("InvalidLaunchTemplateId.NotFound", $"The specified launch template, with template ID {id}, does not exist."),
        _ => throw Fault("MissingParameter", "The request must contain the parameter LaunchTemplateName or LaunchTemplateId."),
    };

    private static Template? Find(SqliteConnection connection, string name) =>
        connection.Rows("SELECT name, id, created, tags, versions FROM ec2_launch_templates WHERE name = $name", Row, ("$name", name)).SingleOrDefault();

    private static Template Row(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), JsonNode.Parse(row.GetString(3))!.AsObject(), JsonNode.Parse(row.GetString(4))!.AsArray());

    private static bool Keeps(string filter, IReadOnlyList<string> values, Template template) => filter switch
    {
        "launch-template-name" => values.Contains(template.Name),
        "tag-key" => values.Any(template.Tags.ContainsKey),
        _ when filter.StartsWith("tag:", StringComparison.Ordinal) => values.Contains((string?)template.Tags[filter[4..]] ?? ""),
        _ => throw Fault("InvalidParameterValue", $"The filter '{filter}' is invalid"),
    };

    private IEnumerable<XElement?> Shown(Template template) =>
    [
        Element("launchTemplateId", template.Id),
        Element("launchTemplateName", template.Name),
        Element("createTime", Time(template.Created)),
        Element("createdBy", $"arn:aws:iam::{settings.Account}:root"),
        Element("defaultVersionNumber", 1),
        Element("latestVersionNumber", template.Versions.Count),
        Tags(template.Tags),
    ];

    private IEnumerable<XElement?> Shown(Template template, int number)
    {
        var version = template.Versions[number - 1]!.AsObject();
        return
        [
            Element("launchTemplateId", template.Id),
            Element("launchTemplateName", template.Name),
            Element("versionNumber", number),
            Text("versionDescription", (string?)version["Description"]),
            Element("createTime", Time((long)version["Created"]!)),
            Element("createdBy", $"arn:aws:iam::{settings.Account}:root"),
            Element("defaultVersion", number == 1 ? "true" : "false"),
            Element("launchTemplateData", [.. Given(version["Data"]!.AsObject())]),
        ];
    }

    private static string Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.000'Z'", CultureInfo.InvariantCulture);

    private static ApiException Fault(string code, string message) => new(400, code, message);

    private sealed record Template(string Name, string Id, long Created, JsonObject Tags, JsonArray Versions);
}
