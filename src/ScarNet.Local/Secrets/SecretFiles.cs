using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Secrets;

/// <summary>Secrets and parameters, one file each that only its owner may read (0600). Each is replaced in one step.</summary>
internal sealed class SecretFiles
{
    public const string Secret = "secret";
    public const string Parameter = "parameter";

    private readonly DataDirectory directory;
    private readonly string root;

    public SecretFiles(DataDirectory directory)
    {
        this.directory = directory;
        root = directory.Under("secrets");
        Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Null when there is none of the name.</summary>
    public JsonObject? Find(string kind, string name) => File.Exists(Path(kind, name)) ? Read(Path(kind, name)) : null;

    /// <summary>All of a kind, by name.</summary>
    public IEnumerable<JsonObject> All(string kind) =>
        Directory.EnumerateFiles(root, $"{kind}-*.json").Select(Read).OfType<JsonObject>().OrderBy(found => (string?)found["Name"], StringComparer.Ordinal);

    public void Put(string kind, string name, JsonObject content) => directory.WritePrivate(Path(kind, name), JsonOutput.Bytes(content));

    public void Delete(string kind, string name) => File.Delete(Path(kind, name));

    private static JsonObject? Read(string file) => JsonNode.Parse(File.ReadAllBytes(file))?.AsObject();

    // A name is anybody's text: no part of a path is made of it.
    private string Path(string kind, string name) =>
        System.IO.Path.Join(root, $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}.json");
}
