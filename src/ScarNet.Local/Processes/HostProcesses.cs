using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace ScarNet.Local.Processes;

/// <summary>
/// Starts programs on the host, each in a session of its own, and ends those that an engine which was killed has left behind. Thread-safe.
/// </summary>
public sealed class HostProcesses : IAsyncDisposable
{
    private readonly MemoryWatch memory = new();
    private readonly Lazy<Task> reaped;
    private readonly string owner;

    /// <summary>Tells this engine's processes from those of an earlier one on the same directory.</summary>
    private readonly string instance = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    /// <param name="dataDirectory">The engine's directory: processes carry a mark that is made of it.</param>
    public HostProcesses(string dataDirectory)
    {
        owner = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(dataDirectory))))[..16];
        reaped = new Lazy<Task>(() => Reap());
    }

    /// <summary>Starts a program.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The working directory is missing, or the machine has no room.</exception>
    /// <remarks>A program that cannot be executed ends with 126 or 127 and says so on its standard error.</remarks>
    public HostProcess Start(HostCommand command)
    {
        var mark = $"{owner}.{instance}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var process = new Process { StartInfo = StartInfo(command, mark) };
        try
        {
            process.Start();
            if (!command.Lifeline)
            {
                process.StandardInput.Close();
            }

            return new HostProcess(process, command, mark, memory);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Kills every process that an earlier engine of the same data directory has started. Whoever starts work that may have been begun
    /// before awaits it first; it is done once.
    /// </summary>
    public Task ReapLeftovers(CancellationToken cancellation) => reaped.Value.WaitAsync(cancellation);

    public ValueTask DisposeAsync() => memory.DisposeAsync();

    private Task<bool> Reap()
    {
        var (ours, earlier) = (ProcessTree.Mark($"{owner}.{instance}."), ProcessTree.Mark($"{owner}."));
        return ProcessTree.Kill(
            0,
            p => ProcessTable.EnvironmentHolds(p.Pid, earlier) && !ProcessTable.EnvironmentHolds(p.Pid, ours),
            CancellationToken.None);
    }

    private static ProcessStartInfo StartInfo(HostCommand command, string mark)
    {
        // setsid(1) makes the session and becomes the program: the process id stays the same.
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(command.File);
        foreach (var argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[ProcessTree.Marker] = mark;
        return start;
    }
}
