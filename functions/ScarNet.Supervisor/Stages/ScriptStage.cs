using System.Text.Json;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Scripts;

namespace ScarNet.Supervisor.Stages;

/// <summary>Runs the function's script in a workspace that is ready.</summary>
internal sealed class ScriptStage(ScriptSource scripts, JobSpec spec, Surroundings surroundings, string region)
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="RunFailure">The script cannot be started.</exception>
    public async Task<ScriptResult> Run(
        Work work, Workspace place, string? inputFile, CancellationToken interrupted, CancellationToken cancellation)
    {
        var overrides = ReadOverrides(work);
        var command = overrides.Script is { } other ? ScriptCommand.Of(other) : await scripts.Get(cancellation);
        Write(command, work, place);

        var run = new ScriptRun
        {
            Function = spec.Function,
            Pipeline = spec.Pipeline,
            InvocationId = work.InvocationId,
            RequestId = work.RequestId,
            Workspace = place,
            InputFile = inputFile,
            Source = work.Source,
            Raw = work.Raw,
            ArrayIndex = work.ArrayIndex,
            Account = spec.Account,
            Region = region,
            TraceId = work.TraceId,
        };
        var environment = ScriptEnvironment.Of(surroundings.Variables, spec.Environment, run);
        var arguments = command.Arguments(place.Script, overrides.Arguments ?? spec.Script.Arguments);
        var now = TimeProvider.System.GetUtcNow();
        var threshold = TimeSpan.FromSeconds(spec.TimeoutThresholdSeconds);
        try
        {
            return await ScriptRunner.Run(
                () => ScriptProcess.Start(place.Root, arguments, environment),
                Supervision.ScriptDeadline(now, work.End, threshold) - now,
                Supervision.Grace(now, work.End, threshold),
                interrupted);
        }
        catch (SpawnException e)
        {
            throw new RunFailure(e.ExitCode, e.Message, e);
        }
    }

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

    private void Write(ScriptCommand command, Work work, Workspace place)
    {
        try
        {
            using (var file = new FileStream(place.Script, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(command.Content.Span);
            }

            File.SetUnixFileMode(place.Script, Executable);
            var data = new JobData(spec.Function, spec.Pipeline, work.InvocationId, work.RequestId, work.Source, work.Raw, spec.Outputs);
            using var job = new FileStream(place.JobData, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            JsonSerializer.Serialize(job, data, Json.Default.JobData);
        }
        catch (IOException e)
        {
            throw Disks.Failure("the script cannot be put into the workspace", place.Root, e);
        }
    }
}
