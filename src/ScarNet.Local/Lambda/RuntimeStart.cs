using ScarNet.Containers;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using ScarNet.Local.Access;
using ScarNet.Local.Containers;
using ScarNet.Local.Processes;

namespace ScarNet.Local.Lambda;

/// <summary>Starts the runtime of a function: as a host process for a zip, in a container for an image.</summary>
internal sealed class RuntimeStart(EngineContext context, LambdaNeeds needs, CodeStore code)
{
    private const long BytesPerMiB = 1 << 20;
    private const string TaskRoot = "/var/task";

    /// <exception cref="ScarException">It cannot be started: the message is for the user.</exception>
    public async Task<Sandbox> Start(FunctionRecord function, RuntimeApi api, CancellationToken cancellation)
    {
        CheckMount(function);
        var sandbox = new Sandbox(function, needs.Logs, context.Settings.LogBytesPerRun, context.Settings.Clock);
        var log = LogsActions.Write(context.Roles.Place, function.LogGroup, sandbox.LogStream);
        sandbox.WritesLog = () => context.Roles.Refusal(function.Role, LambdaActions.Service, function.Name, log) is null;
        api.Open(sandbox);
        try
        {
            sandbox.Process = await StartProcess(sandbox, cancellation);
            return sandbox;
        }
        catch
        {
            api.Close(sandbox);
            throw;
        }
    }

    /// <summary>Source: docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, EFSMountFailureException</summary>
    private void CheckMount(FunctionRecord function)
    {
        if (AccountInputs.MountedFrom(function) is { } accessPoint
            && context.Roles.Refusal(function.Role, LambdaActions.Service, function.Name, NetworkActions.Mount(accessPoint)) is { } why)
        {
            throw new ScarException(
                $"EFSMountFailureException: The function couldn't mount the Amazon EFS file system due to a permission or configuration issue: {why}");
        }
    }

    private async Task<IRuntimeProcess> StartProcess(Sandbox sandbox, CancellationToken cancellation)
    {
        var function = sandbox.Function;
        if (function.ImageUri is null)
        {
            return StartZip(sandbox);
        }

        var supervisor = function.Environment.TryGetValue(SupervisorVariables.Supervisor, out var address)
            ? await needs.Supervisors.Ensure(address, cancellation)
            : null;
        return context.Settings.Containers
            ? await StartContainer(sandbox, function.ImageUri, supervisor, cancellation)
            : StartImageOnHost(sandbox, supervisor);
    }

    private HostRuntime StartZip(Sandbox sandbox)
    {
        var directory = code.DirectoryOf(sandbox.Function.CodeSha256);
        var bootstrap = Path.Join(directory, "bootstrap");
        if (!File.Exists(bootstrap) || !File.GetUnixFileMode(bootstrap).HasFlag(UnixFileMode.UserExecute))
        {
            throw new ScarException(
                File.Exists(bootstrap)
                    ? $"fork/exec {TaskRoot}/bootstrap: permission denied: 'bootstrap' of function '{sandbox.Function.Name}' is not executable"
                    : $"Couldn't find valid bootstrap(s): [{TaskRoot}/bootstrap /opt/bootstrap] in the zip of function '{sandbox.Function.Name}'",
                "put an executable 'bootstrap' at the top of the zip");
        }

        // Only our own supervisor knows what a lifeline is; others get an empty input, as on AWS.
        return StartOnHost(sandbox, bootstrap, directory, lifeline: File.Exists(Path.Join(directory, "function.json")));
    }

    private HostRuntime StartImageOnHost(Sandbox sandbox, string? supervisor) => supervisor is null
        ? throw new ScarException(
            $"function '{sandbox.Function.Name}' is an image with a runtime of its own, and this engine runs without containers",
            "start the engine without --no-containers")
        : StartOnHost(sandbox, Path.Join(supervisor, Path.GetFileName(SupervisorVariables.MountPath)), supervisor, lifeline: true);

    private HostRuntime StartOnHost(Sandbox sandbox, string program, string directory, bool lifeline)
    {
        var environment = new Dictionary<string, string>(needs.HostVariables, StringComparer.Ordinal);
        RuntimeVariables.Add(environment, context, sandbox, directory, lifeline);
        return new HostRuntime(needs.Processes.Start(new HostCommand
        {
            File = program,
            Environment = environment,
            WorkingDirectory = directory,
            Lifeline = lifeline,
            MemoryLimitBytes = sandbox.Function.MemoryMiB * BytesPerMiB,
            Output = sandbox.Output,
            Error = sandbox.Error,
            WaitForRoom = needs.Logs.WaitForRoom,
        }));
    }

    private async Task<IRuntimeProcess> StartContainer(Sandbox sandbox, string image, string? supervisor, CancellationToken cancellation)
    {
        var function = sandbox.Function;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        RuntimeVariables.Add(environment, context, sandbox, TaskRoot, lifeline: supervisor is not null);
        var spec = new ContainerSpec
        {
            Image = image,
            Entrypoint = function.Image.EntryPoint ?? (supervisor is null ? null : [SupervisorVariables.MountPath]),
            Command = function.Image.Command ?? (supervisor is null ? null : []),
            WorkingDirectory = function.Image.WorkingDirectory,
            Environment = environment,
            MemoryBytes = function.MemoryMiB * BytesPerMiB,
            Mounts = supervisor is null ? [] : [new ContainerMount(supervisor, SupervisorVariables.MountDirectory, ReadOnly: true)],
            Labels = new Dictionary<string, string> { [ContainerLabels.Function] = function.Name },
            Lifeline = supervisor is not null,
        };
        try
        {
            var output = new ContainerRuntimeOutput(sandbox, needs.Logs);
            return new ContainerRuntime(await needs.Containers.Start(spec, output.Take, cancellation), output);
        }
        catch (ScarException e)
        {
            throw new ScarException($"function '{function.Name}' needs image '{image}': {e.Message}", e.Hint);
        }
        catch (ContainerException e)
        {
            throw new ScarException($"function '{function.Name}' needs image '{image}': {e.Message}", e);
        }
    }
}
