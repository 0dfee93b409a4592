using System.Globalization;
using System.Text.Json;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Core.Tasks;
using ScarNet.Supervisor.Posix;
using ScarNet.Supervisor.Scripts;

namespace ScarNet.Supervisor.Stages;

/// <summary>Runs the function's script in a workspace that is ready.</summary>
internal sealed class ScriptStage(ScriptSource scripts, JobSpec spec, IScriptHost host, string region, Termination termination) : IWorkStage
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public async Task<ScriptResult> Run(
        Work work, Workspace place, Staged staged, Log log, CancellationToken interrupted, CancellationToken cancellation)
    {
        var call = await Prepare(work, place, staged, log, cancellation);
        var result = await host.Run(call, interrupted, cancellation) with { Command = await LastCommand(work, place, cancellation) };
        return result with { ErrorTail = result.ErrorTail is { } tail ? Redaction.Of(call.Environment, spec.Secrets.Keys).ApplyToEnd(tail) : null };
    }

    /// <summary>Puts the script into the workspace and says how it is to be run.</summary>
    /// <exception cref="RunFailure">It cannot be had.</exception>
    public async Task<ScriptCall> Prepare(Work work, Workspace place, Staged staged, Log log, CancellationToken cancellation)
    {
        var overrides = ReadOverrides(work);
        var parameters = ParametersOf(work);
        var run = Describe(work, place, staged) with { Parameters = parameters };
        var environment = ScriptEnvironment.Of(host.Variables, spec.Environment, run);
        var content = overrides.Script ?? await scripts.Get(cancellation);
        var commands = Commands(overrides, content);
        var tool = overrides.Script is null ? spec.Cwl : null;
        var command = tool is not null ? new ScriptCommand(content, []) : commands is null ? ScriptCommand.Of(content) : Fill(commands, run, environment);
        Write(command, work, staged, place);

        var arguments = tool is not null ? Cwl(tool, staged, place) : command.Arguments(
            place.Script, [.. (overrides.Arguments ?? spec.Script.Arguments).Select(word => Parameters.Fill(word, parameters))]);
        var directory = spec.StartDirectory == StartDirectory.Image ? null : place.Root;
        log.Info("script starts", ("command", Redaction.Of(environment, spec.Secrets.Keys).Apply(arguments)), ("directory", directory));
        var now = TimeProvider.System.GetUtcNow();
        var threshold = TimeSpan.FromSeconds(spec.TimeoutThresholdSeconds);
        return new(
            place,
            directory,
            arguments,
            environment,
            Supervision.ScriptDeadline(now, work.End, threshold) - now,
            () => termination.GraceOver(Supervision.Grace(now, work.End, threshold)))
        {
            Secrets = spec.Secrets.Keys,
        };
    }

    /// <summary>The command of a list of commands that ran last, for messages; null when the script is none.</summary>
    public async Task<string?> LastCommand(Work work, Workspace place, CancellationToken cancellation)
    {
        var overrides = ReadOverrides(work);
        return LastCommand(Commands(overrides, overrides.Script ?? await scripts.Get(cancellation)), place);
    }

    private CommandList? Commands(InvokeOverrides overrides, ReadOnlyMemory<byte> content) =>
        overrides.Script is null && spec.Shell is { } shell ? CommandList.Read(content.Span, shell) : null;

    private ScriptRun Describe(Work work, Workspace place, Staged staged) => new()
    {
        Function = spec.Function,
        Pipeline = spec.Pipeline,
        InvocationId = work.InvocationId,
        RequestId = work.RequestId,
        Workspace = place,
        InputFile = staged.File,
        Inputs = staged.Inputs,
        References = staged.References,
        Compatibility = spec.Compatibility,
        Source = work.Source,
        Raw = work.Raw,
        ArrayIndex = work.ArrayIndex,
        Account = spec.Account,
        Region = region,
        TraceId = work.TraceId,
    };

    private static ScriptCommand Fill(CommandList commands, ScriptRun run, IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            return commands.Script(new TemplateWords(run, environment).Of, run.Workspace.CommandNumber);
        }
        catch (ScarException e)
        {
            throw new RunFailure(ExitCodes.InputMissing, $"{e.Message}: {e.Hint}", e);
        }
    }

    // The shell wrote it, and the script may have touched it: a number of a command, or nothing.
    private static string? LastCommand(CommandList? commands, Workspace place)
    {
        const int mostDigits = 9;
        if (commands is null || FileKinds.Look(place.CommandNumber) is not (FileKinds.Kind.Regular, <= mostDigits))
        {
            return null;
        }

        return int.TryParse(File.ReadAllText(place.CommandNumber), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? commands.Describe(number)
            : null;
    }

    private IReadOnlyDictionary<string, string> ParametersOf(Work work) => Parameters.Values(
        spec.Function, spec.Parameters, spec.Parameters.Count == 0 ? new Dictionary<string, string>() : work.Parameters);

    // A payload of other data may bring a script or arguments of its own; an object event never does.
    private static InvokeOverrides ReadOverrides(Work work)
    {
        try
        {
            return work.Source is null ? InvokeOverrides.Read(work.Raw) : InvokeOverrides.None;
        }
        catch (ScarException e)
        {
            throw new RunFailure(ExitCodes.InputMissing, $"{e.Message}: {e.Hint}", e);
        }
    }

    // A function's image has no Docker: there the tool runs beside cwltool.
    private IReadOnlyList<string> Cwl(CwlTool tool, Staged staged, Workspace place)
    {
        try
        {
            File.WriteAllText(place.CwlJob, tool.Job(staged.File, staged.Inputs).ToJsonString());
        }
        catch (ScarException e)
        {
            throw new RunFailure(ExitCodes.InputMissing, e.Message, e);
        }
        catch (IOException e)
        {
            throw Disks.Failure("the tool's input object cannot be put into the workspace", place.Root, e);
        }

        return
        [
            "cwltool", "--outdir", place.Output, "--tmpdir-prefix", place.Temporary + "/tmp-", "--tmp-outdir-prefix", place.Temporary + "/out-",
            .. spec.Image is null ? Array.Empty<string>() : ["--no-container"], place.Script, place.CwlJob,
        ];
    }

    private void Write(ScriptCommand command, Work work, Staged staged, Workspace place)
    {
        try
        {
            using (var file = new FileStream(place.Script, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(command.Content.Span);
            }

            File.SetUnixFileMode(place.Script, Executable);
            var data = new JobData(spec.Function, spec.Pipeline, work.InvocationId, work.RequestId, work.Source, work.Raw, spec.Outputs)
            {
                Inputs = staged.Inputs,
                References = staged.References,
            };
            using var job = new FileStream(place.JobData, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            JsonSerializer.Serialize(job, data, Json.Default.JobData);
        }
        catch (IOException e)
        {
            throw Disks.Failure("the script cannot be put into the workspace", place.Root, e);
        }
    }
}
