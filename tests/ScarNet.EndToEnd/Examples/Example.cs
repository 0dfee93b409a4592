using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Examples;

/// <summary>One of examples/, tried as its README says: <c>scarnet try -f pipeline.yaml INPUT... --to DIR</c>.</summary>
internal sealed class Example(string name) : IDisposable
{
    private static readonly TimeSpan LongestBuild = TimeSpan.FromMinutes(5);
    private readonly TemporaryDirectory scratch = new();

    public string Directory { get; } = Path.Join(Repository.Root, "examples", name);

    /// <summary>The function file; a test may replace it by a variant of its own.</summary>
    public string FunctionFile { get; set; } = Path.Join(Repository.Root, "examples", name, "pipeline.yaml");

    public string Results => scratch.Under("results");

    public string File(string file) => Path.Join(Directory, file);

    /// <summary>Writes the function file anew with one text replaced by another, beside the scripts it names.</summary>
    public void Replace(string text, string by)
    {
        var variant = scratch.Under("variant");
        System.IO.Directory.CreateDirectory(variant);
        foreach (var script in System.IO.Directory.EnumerateFiles(Directory, "*.sh"))
        {
            System.IO.File.Copy(script, Path.Join(variant, Path.GetFileName(script)), overwrite: true);
        }

        var original = System.IO.File.ReadAllText(FunctionFile);
        Assert.Contains(text, original, StringComparison.Ordinal);
        FunctionFile = Path.Join(variant, "pipeline.yaml");
        System.IO.File.WriteAllText(FunctionFile, original.Replace(text, by, StringComparison.Ordinal));
    }

    /// <summary>Makes the example's image and sample data; does nothing when they are there.</summary>
    public async Task BuildImage(DockerFixture docker)
    {
        await docker.Ready();
        var built = await Command.Run(File("build-image"), [], deadline: LongestBuild);
        Assert.True(built.ExitCode == 0, built.Error);
    }

    /// <summary>Tries it and expects success.</summary>
    public async Task<CommandResult> Try(params string[] inputs)
    {
        var tried = await Command.Run(
            Repository.Launcher, ["try", "-f", FunctionFile, .. inputs, "--to", Results], directory: scratch.FullName);
        Assert.True(tried.ExitCode == 0, $"scarnet try ended with {tried.ExitCode}:\n{tried.Error}\n{tried.Output}");
        return tried;
    }

    /// <summary>The results whose path below the results' directory has this part and ends so, in order.</summary>
    public IReadOnlyList<string> Found(string part, string suffix) =>
    [
        .. System.IO.Directory.EnumerateFiles(Results, "*", SearchOption.AllDirectories)
            .Where(path => path[Results.Length..].Contains(part, StringComparison.Ordinal) && path.EndsWith(suffix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose() => scratch.Dispose();
}
