using System.Text;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>The environment of a Lambda function: the file's variables, and what its supervisor is told beside the code.</summary>
internal static class LambdaEnvironment
{
    // The longest that a revision's number makes of a definition's name.
    private const string AnyRevision = ":2147483647";

    /// <param name="wanted">The function.</param>
    /// <param name="definition">name:revision of the job definition; null when there is none, or not yet.</param>
    public static Dictionary<string, string> Of(WantedFunction wanted, string? definition)
    {
        var environment = new Dictionary<string, string>(wanted.Plan.Function.LambdaEnvironment);
        if (wanted.IsImage)
        {
            foreach (var (name, value) in wanted.Spec.Environment)
            {
                environment.TryAdd(name, value);
            }

            environment[SupervisorVariables.Supervisor] = wanted.Plan.Supervisor.Uri(wanted.Plan.ArtifactBucket);
        }

        if (wanted.Queue is not null)
        {
            environment[SupervisorVariables.JobQueue] = wanted.Queue;
            if (definition is not null)
            {
                environment[SupervisorVariables.JobDefinition] = definition;
            }
        }

        return environment;
    }

    /// <summary>Lambda would say it only when everything else is made.</summary>
    /// <exception cref="ScarException">It is larger than Lambda takes.</exception>
    public static void Check(WantedFunction wanted)
    {
        var bytes = Bytes(Of(wanted, wanted.Queue is null ? null : Names.JobDefinition(wanted.Plan.Name) + AnyRevision));
        if (bytes > AwsLimits.LambdaEnvironmentBytes)
        {
            var own = Bytes(wanted.Plan.Function.LambdaEnvironment);
            throw new ScarException(
                $"the Lambda environment of function '{wanted.Plan.Name}' would be {bytes} bytes, {bytes - own} of them ScarNet's: Lambda takes {AwsLimits.LambdaEnvironmentBytes}",
                "the script's own variables ('environment') have no such limit");
        }
    }

    private static int Bytes(IReadOnlyDictionary<string, string> variables) =>
        variables.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value));
}
