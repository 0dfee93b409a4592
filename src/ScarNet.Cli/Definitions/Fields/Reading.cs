using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Fields;

/// <summary>The reading of one function: what its fields may look at, and where they leave what they find.</summary>
/// <param name="owner">Whose fields these are, for messages: <c>function 'grayify'</c>.</param>
/// <param name="directory">Absolute path that relative paths start from.</param>
/// <param name="fileExists">Whether a path names a file.</param>
/// <param name="report">Takes every problem.</param>
internal sealed class Reading(string owner, string directory, Func<string, bool> fileExists, Action<Problem> report)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>Name of the function.</summary>
    public required string Function { get; init; }

    /// <summary>Whether these fields are a user's configuration: what it does not use is no news, and a key it does not know is no error.</summary>
    public bool IsConfiguration { get; init; }

    /// <summary>What the files declare, as <c>type.id</c>.</summary>
    public IReadOnlySet<string> StorageProviders { get; init; } = new HashSet<string>();

    /// <summary>See <see cref="FunctionDefinition.Places"/>.</summary>
    public Dictionary<string, Place> Places { get; init; } = [];

    /// <summary>See <see cref="FunctionDefinition.NotUsedYet"/>.</summary>
    public Dictionary<string, string> NotUsedYet { get; init; } = new(None);

    public string Directory => directory;

    public string Owner => owner;

    public bool FileExists(string path) => fileExists(path);

    public void Error(Place place, string message, string? hint = null) => report(new Problem(place, message, hint));

    public void Warn(Place place, string message, string? hint = null) => report(new Problem(place, message, hint, IsWarning: true));

    /// <summary>Says that a field has a value it cannot have.</summary>
    public void WrongType(YamlNode node, string field, string expected, string? hint = null) =>
        Error(node.Place, $"'{field}' of {owner} must be {expected}, not {node.Description}", hint);

    /// <summary>Keeps a field that nothing acts on, and says so.</summary>
    public void KeepUnused(string field, Place place, string text, string? hint = null)
    {
        NotUsedYet[field] = text;
        if (!IsConfiguration)
        {
            Warn(place, $"'{field}' of {owner} is not used on the local engine", hint);
        }
    }
}
