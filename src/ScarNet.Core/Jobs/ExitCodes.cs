namespace ScarNet.Core.Jobs;

/// <summary>Exit codes of a job. 0–192, 137 and 143 are the script's own; the rest say what ScarNet could not do.</summary>
public static class ExitCodes
{
    public const int InputMissing = 193;
    public const int DownloadFailed = 194;

    /// <summary>A required output is missing, or the outputs cannot be put where they belong. Trying again would not help.</summary>
    public const int OutputMissing = 195;

    /// <summary>The only one of ours that the default retry strategy tries again.</summary>
    public const int UploadFailed = 196;

    public const int ImageProblem = 197;
    public const int DiskFull = 198;
    public const int Bug = 199;

    /// <summary>Killed: as a rule by the kernel, for memory.</summary>
    public const int Killed = 137;

    /// <summary>Ended by SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>What a shell calls the end by a signal.</summary>
    public static int OfSignal(int signal) => 128 + signal;

    /// <summary>What became of a script, in words.</summary>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="what">The script, or the command of it that ended it.</param>
    public static string Describe(int exitCode, string what = "the script") => exitCode switch
    {
        0 => $"{what} succeeded",
        126 => $"{what} or its interpreter could not be run (exit code 126)",
        127 => $"{what} ended with exit code 127: as a rule a command that does not exist",
        Killed => $"{what} was killed (exit code 137): as a rule for memory",
        Terminated => $"{what} was told to end (exit code 143)",
        _ => $"{what} ended with exit code {exitCode}",
    };
}
