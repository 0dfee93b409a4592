using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Conversion;

/// <summary>A function on its way into the short layout: its fields, and what is to be said of them.</summary>
/// <param name="name">The function's name.</param>
/// <param name="warn">Takes what somebody who knows SCAR should know.</param>
internal sealed class ShortFunction(string name, Action<Problem> warn)
{
    private static readonly string[] first =
    [
        "description", "image", "image_file", "init_script", "command", "commands", "task", "cwl", "run_script", "c_args", "shell", "workdir", "compat",
        "parameters", "input", "output", "inputs", "references", "reference_cache", "files", "package", "environment", "lambda_environment",
        "execution_mode", "memory", "timeout", "timeout_threshold", "ephemeral_storage", "log_level",
    ];

    private static readonly string[] last = ["batch", "vpc", "efs", "layers", "tags", "profile", "region", "iam", "cloudwatch", "s3"];

    private readonly Dictionary<string, YamlNode> fields = [];
    private readonly Dictionary<string, List<string>> comments = [];
    private readonly List<string> leftOut = [];

    public string Name => name;

    public bool Has(string field) => fields.ContainsKey(field);

    public void Set(string field, YamlNode value) => fields[field] = value;

    /// <summary>One key in a block that is made when there is none.</summary>
    public void SetIn(string field, string key, YamlNode value) =>
        fields[field] = Blocks.With(fields.GetValueOrDefault(field) as YamlMap ?? Blocks.Empty(value.Place), key, value);

    public YamlNode? Find(string field) => fields.GetValueOrDefault(field);

    /// <summary>Tells of something on standard error and above the field.</summary>
    /// <param name="place">Where it stands in the file that is converted.</param>
    /// <param name="field">The field of the short layout that it is about.</param>
    /// <param name="message">What SCAR did, and what is written here.</param>
    /// <param name="hint">What can be done about it.</param>
    public void Tell(Place place, string field, string message, string? hint = null)
    {
        Warn(place, message, hint);
        if (!comments.TryGetValue(field, out var said))
        {
            comments[field] = said = [];
        }

        said.Add(hint is null ? message : $"{message}; {hint}");
    }

    /// <summary>Tells of a field that nothing here corresponds to.</summary>
    public void LeaveOut(string path, YamlEntry entry, string why)
    {
        Warn(entry.Place, $"'{path}' of function '{name}' is left out", why);
        leftOut.Add($"left out: {path}: {FlowText.Of(entry.Value)} ({why})");
    }

    public void WriteTo(BlockWriter writer, int indent)
    {
        writer.Key(indent, name);
        foreach (var (field, value) in fields.Select((pair, i) => (pair.Key, pair.Value, i)).OrderBy(field => Rank(field.Key)).ThenBy(field => field.i).Select(field => (field.Key, field.Value)))
        {
            comments.GetValueOrDefault(field)?.ForEach(comment => writer.Comment(indent + 2, comment));
            writer.Entry(indent + 2, field, value);
        }

        leftOut.ForEach(comment => writer.Comment(indent + 2, comment));
    }

    private static int Rank(string field) =>
        Array.IndexOf(first, field) is var i and >= 0 ? i
        : Array.IndexOf(last, field) is var j and >= 0 ? first.Length + 1 + j
        : first.Length;

    private void Warn(Place place, string message, string? hint) => warn(new Problem(place, message, hint, IsWarning: true));
}
