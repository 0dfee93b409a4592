namespace ScarNet.Benchmarks.Subjects;

/// <summary>The checkout this program was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Launcher => Path.Combine(Root, "scarnet");

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "ScarNet.sln"))
            ? directory
            : Find(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("ScarNet.sln is not above this program"));
}
