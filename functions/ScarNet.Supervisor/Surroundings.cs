using System.Collections;
using ScarNet.Containers;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor;

/// <summary>What the process was started with, read once.</summary>
/// <param name="Variables">The environment.</param>
/// <param name="BinaryDirectory">Where the supervisor lies: in a zip function, LAMBDA_TASK_ROOT.</param>
/// <param name="StartDirectory">Where it was started: in a container, the image's WORKDIR.</param>
internal sealed record Surroundings(IReadOnlyDictionary<string, string> Variables, string BinaryDirectory, string StartDirectory)
{
    // What one container of a job is, another is not.
    private static readonly HashSet<string> OfAContainer = new(StringComparer.Ordinal)
    {
        "PATH", "HOME", "HOSTNAME", "TERM", "PWD", "OLDPWD", "SHLVL", "_", "USER", "TMPDIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "DOCKER_HOST", SupervisorVariables.Tree, GpuDevices.Variable,
    };

    /// <summary>The variables that are the job's and not its container's: those that the script sees in a container of its own.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfTheJob(IReadOnlyDictionary<string, string> variables) =>
        variables.Where(variable => !OfAContainer.Contains(variable.Key));

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
