using System.Text;
using ScarNet.Core.Functions;

namespace ScarNet.Core.Jobs;

/// <summary>The environment a script sees: the machine's, the function's own over it, and ScarNet's words over both.</summary>
public static class ScriptEnvironment
{
    // Source: execve(2), MAX_ARG_STRLEN: one 'NAME=value' with its NUL may have 32 pages.
    private const int MaxVariableBytes = 131_071;

    // What lets a process act as the supervisor, or tells it of the supervisor's own affairs.
    private static readonly HashSet<string> Withheld = new(StringComparer.Ordinal)
    {
        "AWS_LAMBDA_RUNTIME_API", "_HANDLER", "_X_AMZN_TRACE_ID",
    };

    /// <param name="inherited">The supervisor's own environment.</param>
    /// <param name="function">The function's <c>environment</c>.</param>
    /// <param name="run">The run.</param>
    public static IReadOnlyDictionary<string, string> Of(
        IEnumerable<KeyValuePair<string, string>> inherited, IReadOnlyDictionary<string, string> function, ScriptRun run)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in inherited)
        {
            if (name == SupervisorVariables.Tree || (!name.StartsWith("SCARNET_", StringComparison.Ordinal) && !Withheld.Contains(name)))
            {
                environment[name] = value;
            }
        }

        foreach (var (name, value) in function)
        {
            environment[name] = value;
        }

        foreach (var (name, value) in Words(run).Concat(InputWords(run)).Concat(ParameterWords(run)).Concat(BayerClawWords(run)))
        {
            // A value of an earlier or outer run must not show through where this run has none.
            environment.Remove(name);
            if (value is not null && Encoding.UTF8.GetByteCount(value) + name.Length + 1 < MaxVariableBytes)
            {
                environment[name] = value;
            }
        }

        return environment;
    }

    private static IEnumerable<(string Name, string? Value)> ParameterWords(ScriptRun run) =>
        run.Parameters.Select(parameter => (Parameters.Variable(parameter.Key), (string?)parameter.Value));

    // Several paths stand one a line.
    private static IEnumerable<(string Name, string? Value)> InputWords(ScriptRun run) =>
        from input in run.Inputs.Concat(run.References)
        select (InputRule.Variable(input.Key), (string?)string.Join('\n', input.Value));

    private static IEnumerable<(string Name, string? Value)> BayerClawWords(ScriptRun run) => run.Compatibility != Compatibility.BayerClaw
        ? []
        :
        [
            ("BC_BRANCH_IDX", run.ArrayIndex ?? "main"),
            ("BC_EXECUTION_ID", run.InvocationId),
            ("BC_JOB_DATA_FILE", run.Workspace.JobData),
            ("BC_STEP_NAME", run.Function),
            ("BC_WORKFLOW_NAME", run.Pipeline),
            ("BC_WORKSPACE", run.Workspace.Root),
        ];

    private static IEnumerable<(string Name, string? Value)> Words(ScriptRun run)
    {
        var place = run.Workspace;
        return
        [
            ("INPUT_FILE_PATH", run.InputFile),
            ("TMP_INPUT_DIR", place.Input),
            ("TMP_OUTPUT_DIR", place.Output),
            ("TMPDIR", place.Temporary),
            ("REQUEST_ID", run.RequestId),
            ("EVENT", run.Raw),
            ("EVENT_TIME", run.Source?.Time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'")),
            ("STORAGE_OBJECT_KEY", run.Source?.Object.Key),

            // SCAR 2's names, and the one its Batch jobs had for the request.
            ("SCAR_INPUT_FILE", run.InputFile),
            ("SCAR_INPUT_DIR", place.Input),
            ("SCAR_OUTPUT_DIR", place.Output),
            ("AWS_LAMBDA_REQUEST_ID", run.RequestId),

            ("SCARNET_FUNCTION", run.Function),
            ("SCARNET_PIPELINE", run.Pipeline),
            ("SCARNET_EXECUTION_ID", run.InvocationId),
            ("SCARNET_JOB_DATA_FILE", place.JobData),
            ("SCARNET_WORKSPACE", place.Root),
            ("SCARNET_SPOT_NOTICE", place.SpotNotice),
            ("SCARNET_BRANCH", run.ArrayIndex ?? "main"),
            ("AWS_REGION", run.Region),
            ("AWS_DEFAULT_REGION", run.Region),
            ("AWS_ACCOUNT_ID", run.Account),
            ("_X_AMZN_TRACE_ID", run.TraceId),
        ];
    }
}
