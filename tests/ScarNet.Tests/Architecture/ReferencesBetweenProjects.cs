using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ScarNet.Tests.Architecture;

/// <summary>DESIGN's arrows, read from what was built.</summary>
public sealed class ReferencesBetweenProjects
{
    [Theory]
    [InlineData("ScarNet.Core")]
    [InlineData("ScarNet.Aws", "ScarNet.Core")]
    [InlineData("ScarNet.Containers", "ScarNet.Core")]
    [InlineData("ScarNet.Local", "ScarNet.Core", "ScarNet.Containers")]
    [InlineData("ScarNet.Cli", "ScarNet.Core", "ScarNet.Aws", "ScarNet.Containers", "ScarNet.Local")]
    public void PointDownwards(string assembly, params string[] allowed)
    {
        var referenced = ReferencesOf(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

        Assert.Empty(Ours(referenced).Except(allowed));
    }

    [Fact]
    public void OfTheSupervisorAreTheDomainAndTheClients()
    {
        var referenced = ReferencesOf(Supervisor());

        Assert.Empty(Ours(referenced).Except(["ScarNet.Core", "ScarNet.Aws", "ScarNet.Containers"]));
    }

    [Fact]
    public void OfTheDomainAreTheFrameworkOnly()
    {
        var referenced = ReferencesOf(Path.Combine(AppContext.BaseDirectory, "ScarNet.Core.dll"));

        Assert.All(referenced, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ScarNet.Core")]
    [InlineData("ScarNet.Aws")]
    [InlineData("ScarNet.Containers")]
    [InlineData("ScarNet.Local")]
    public void KeepYamlAndTheTerminalInTheCommandLine(string assembly)
    {
        var referenced = ReferencesOf(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

        Assert.Empty(referenced.Intersect(["YamlDotNet", "Spectre.Console", "System.CommandLine"]));
    }

    private static IEnumerable<string> Ours(IEnumerable<string> references) =>
        references.Where(name => name.StartsWith("ScarNet.", StringComparison.Ordinal));

    private static List<string> ReferencesOf(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static string Supervisor()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ScarNet.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("no ScarNet.sln above the tests");
        }

        return Directory.EnumerateFiles(
            Path.Combine(root.FullName, "functions", "ScarNet.Supervisor", "bin"), "supervisor.dll", SearchOption.AllDirectories).First();
    }
}
