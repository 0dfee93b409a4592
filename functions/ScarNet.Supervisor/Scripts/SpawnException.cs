using System.Runtime.InteropServices;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Scripts;

/// <summary>A script that could not be started.</summary>
#pragma warning disable CA1032 // it always says what happened to what
internal sealed class SpawnException(string program, int error) : Exception(Describe(program, error))
{
    private const int NotExecutable = 126;

    /// <summary>What to end with.</summary>
    public int ExitCode => error == Libc.NoEntry ? ExitCodes.ImageProblem : NotExecutable;

    private static string Describe(string program, int error) => error switch
    {
        Libc.NoEntry => $"there is no '{program}' here, which the script's first line asks for (/bin/sh when it names none): "
            + "another image, or another first line, would do",
        Libc.TooBig => "the script's environment and arguments are larger than the system passes on (128 KiB each, 2 MiB in all)",
        _ => $"'{program}' cannot be started: {Marshal.GetPInvokeErrorMessage(error)}",
    };
}
