namespace ScarNet.Core.Functions;

/// <summary>
/// What runs <c>command</c> and <c>commands</c>: an argument vector to which the file of the commands is added. Empty is the default,
/// <c>/bin/sh</c> that stops at the first failure.
/// </summary>
public static class CommandShell
{
    public static readonly IReadOnlyList<string> Default = ["/bin/sh"];

    private static readonly string[] ShellNames = ["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "busybox"];

    /// <summary>The shells that have a name: strict, an unset variable is an error in all of them.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Named { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["sh"] = ["/bin/sh", "-eu"],
        ["bash"] = ["bash", "-euo", "pipefail"],
        ["sh-pipefail"] = ["/bin/sh", "-euo", "pipefail"],
    };

    /// <summary>Whether it reads POSIX shell: what it runs can be guarded line by line, and values can be quoted for it.</summary>
    public static bool IsPosix(IReadOnlyList<string> shell) =>
        shell.Count == 0 || shell.Any(word => ShellNames.Contains(word[(word.LastIndexOf('/') + 1)..]));
}
