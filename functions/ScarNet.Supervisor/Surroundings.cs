using System.Collections;

namespace ScarNet.Supervisor;

/// <summary>What the process was started with, read once.</summary>
/// <param name="Variables">The environment.</param>
/// <param name="BinaryDirectory">Where the supervisor lies: in a zip function, LAMBDA_TASK_ROOT.</param>
/// <param name="StartDirectory">Where it was started: in a container, the image's WORKDIR.</param>
internal sealed record Surroundings(IReadOnlyDictionary<string, string> Variables, string BinaryDirectory, string StartDirectory)
{
    public static Surroundings Read()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return new(variables, Path.GetDirectoryName(Environment.ProcessPath) ?? "/", Environment.CurrentDirectory);
    }

    /// <summary>Null when it is missing or empty.</summary>
    public string? this[string name] => Variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public string TemporaryDirectory => this["TMPDIR"] ?? "/tmp";

    /// <summary>The region of every call: the environment's, else the one in the name of the artifact bucket.</summary>
    public string? Region(string? artifactBucket) =>
        this["AWS_REGION"] ?? this["AWS_DEFAULT_REGION"] ?? artifactBucket?.Split('-', 4) switch
        {
            ["scarnet", "artifacts", _, var region] => region,
            _ => null,
        };
}
