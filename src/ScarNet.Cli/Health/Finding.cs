namespace ScarNet.Cli.Health;

/// <summary>How bad a finding is.</summary>
internal enum Level
{
    Ok,

    /// <summary>Something will not work, or soon not; the rest does.</summary>
    Warning,

    /// <summary>Nothing that needs it works.</summary>
    Problem,
}

/// <summary>What one look at the machine or the account has come to.</summary>
/// <param name="Check">What was looked at, in one word or two.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Message">What was found.</param>
/// <param name="Mend">The command that mends it, or what else does; null when nothing has to be mended.</param>
internal sealed record Finding(string Check, Level Level, string Message, string? Mend = null)
{
    public static Finding Ok(string check, string message) => new(check, Level.Ok, message);

    public static Finding Warning(string check, string message, string mend) => new(check, Level.Warning, message, mend);

    public static Finding Problem(string check, string message, string? mend) => new(check, Level.Problem, message, mend);
}
