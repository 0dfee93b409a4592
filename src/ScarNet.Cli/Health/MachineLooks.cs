using System.Diagnostics;
using ScarNet.Aws;
using ScarNet.Cli.Commands;
using ScarNet.Cli.Local;
using ScarNet.Containers;
using ScarNet.Core;

namespace ScarNet.Cli.Health;

/// <summary>Looks at this machine.</summary>
/// <param name="dataDirectory">The engine's directory, absolute.</param>
/// <param name="clock">For the engine.</param>
internal sealed class MachineLooks(string dataDirectory, TimeProvider clock)
{
    /// <summary>Program → Debian's package, of what examples/debian-image calls.</summary>
    private static readonly Dictionary<string, string> tools = new() { ["docker"] = "docker.io", ["debootstrap"] = "debootstrap" };

    public IReadOnlyList<(string Check, Func<CancellationToken, Task<IReadOnlyList<Finding>>> Look)> All =>
    [
        ("supervisor", _ => One(MachineVerdicts.Supervisor(SupervisorPath()))),
        ("docker", async cancellation => [await Docker(cancellation)]),
        ("engine", async cancellation => [await Engine(cancellation)]),
        ("data", _ => One(Disk("data", dataDirectory))),
        ("temporary", _ => One(Disk("temporary", Path.GetTempPath()))),
        ("tools", _ => One(MachineVerdicts.Tools(tools.Where(tool => !IsOnPath(tool.Key)).ToDictionary()))),
    ];

    public static string? SupervisorPath()
    {
        try
        {
            return Installation.Supervisor;
        }
        catch (ScarException)
        {
            return null;
        }
    }

    private static async Task<Finding> Docker(CancellationToken cancellation)
    {
        try
        {
            using var docker = Containers.Docker.FromEnvironment();
            return MachineVerdicts.Docker(docker.Address.ToString(), await docker.Probe(cancellation));
        }
        catch (ScarException e)
        {
            return MachineVerdicts.Docker(null, e);
        }
    }

    private async Task<Finding> Engine(CancellationToken cancellation)
    {
        if (await new EngineProcess(dataDirectory, clock).Find(cancellation) is not { } access)
        {
            return MachineVerdicts.Engine(null, dataDirectory, isOlder: false, null);
        }

        try
        {
            using var clients = new AwsClients(access.AwsSettings);
            await clients.Status.Get(cancellation);
            return MachineVerdicts.Engine(access.Endpoint, dataDirectory, IsOlder(access.Pid), null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && AwsErrors.Explain(e) is { } explained)
        {
            return MachineVerdicts.Engine(access.Endpoint, dataDirectory, isOlder: false, explained.Message);
        }
    }

    private static bool IsOlder(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.StartTime < File.GetLastWriteTime(typeof(MachineLooks).Assembly.Location);
    }

    private static Finding Disk(string check, string path)
    {
        var there = new DirectoryInfo(path);
        while (!there.Exists && there.Parent is { } parent)
        {
            there = parent;
        }

        return MachineVerdicts.Disk(check, path, new DriveInfo(there.FullName).AvailableFreeSpace);
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(directory => directory.Length > 0 && File.Exists(Path.Join(directory, program)));

    private static Task<IReadOnlyList<Finding>> One(Finding finding) => Task.FromResult<IReadOnlyList<Finding>>([finding]);
}
