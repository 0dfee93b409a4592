namespace ScarNet.EndToEnd.Support;

/// <summary>The checkout these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The command line as users start it.</summary>
    public static string Launcher => Path.Join(Root, "scarnet");

    private static string Find(string directory) =>
        File.Exists(Path.Join(directory, "ScarNet.sln"))
            ? directory
            : Find(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("ScarNet.sln is not above the tests"));
}
