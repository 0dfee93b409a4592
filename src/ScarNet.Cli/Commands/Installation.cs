using ScarNet.Core;

namespace ScarNet.Cli.Commands;

/// <summary>What lies around this binary: the native supervisor, the examples.</summary>
internal static class Installation
{
    /// <summary>
    /// The supervisor's binary: <c>supervisor/supervisor</c> beside this program's directory, as the launcher builds the two, or below
    /// the checkout's <c>.build</c>.
    /// </summary>
    public static string Supervisor => Find("supervisor/supervisor", ".build/supervisor/supervisor")
        ?? throw new ScarException("the supervisor is not there", "start the program as './scarnet', which builds it");

    /// <summary>Directory of one of the examples.</summary>
    public static string Example(string name) => Find(Path.Join("examples", name))
        ?? throw new ScarException($"the example '{name}' is not there", "the examples lie in the source tree");

    /// <summary>Looks in this program's directory and in every one above it.</summary>
    private static string? Find(params IReadOnlyList<string> paths)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (paths.Select(path => Path.Join(directory.FullName, path)).FirstOrDefault(Path.Exists) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
