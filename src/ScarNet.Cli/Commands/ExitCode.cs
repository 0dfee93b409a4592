namespace ScarNet.Cli.Commands;

/// <summary>Exit codes of the command line.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The request was right and the work failed: an invocation, a transfer, a service.</summary>
    public const int Failed = 1;

    /// <summary>The request was wrong; the message says where and what would be right.</summary>
    public const int Wrong = 2;

    /// <summary>Of <c>plan --detailed-exit-code</c> only, as terraform's: then everything that went wrong is 1.</summary>
    public const int SomethingToDo = 2;

    /// <summary>A bug of ours (EX_SOFTWARE of sysexits.h).</summary>
    public const int Bug = 70;

    /// <summary>Ended by Ctrl-C: 128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;
}
