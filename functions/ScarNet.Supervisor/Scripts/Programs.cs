using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Scripts;

/// <summary>Where programs are.</summary>
internal static class Programs
{
    // Source: execvp(3), of an environment without a PATH.
    private const string DefaultPath = "/bin:/usr/bin";

    /// <summary>A name without '/' is looked for in the directories of PATH, as a shell does; anything else, or one that is not there, stays.</summary>
    public static string Find(string program, IReadOnlyDictionary<string, string> environment) =>
        program.Contains('/', StringComparison.Ordinal)
            ? program
            : environment.GetValueOrDefault("PATH", DefaultPath).Split(':')
                .Where(directory => directory.StartsWith('/'))
                .Select(directory => Path.Combine(directory, program))
                .FirstOrDefault(path => FileKinds.Look(path).Kind == FileKinds.Kind.Regular) ?? program;
}
