using System.Runtime.CompilerServices;
using ScarNet.Cli.Definitions;

namespace ScarNet.Tests.Definitions;

/// <summary>
/// Each testdata/definitions/*.yaml with what <c>scarnet validate</c> says about it in the .txt beside it. With SCARNET_APPROVE=1 in
/// the environment the texts are written anew: look at the difference before it is committed.
/// </summary>
public sealed class BadFiles
{
    public static TheoryData<string> Files { get; } =
        new(Directory.EnumerateFiles(Built, "*.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    private static string Built => Path.Combine(AppContext.BaseDirectory, "testdata", "definitions");

    [Theory]
    [MemberData(nameof(Files))]
    public void AreToldAsApproved(string file)
    {
        var said = ProblemText.Format(DefinitionFiles.Read([file], Built, Stream.Null, DefinitionDefaults.BuiltIn).Problems);

        Approve(file, said);

        Assert.Equal(File.ReadAllText(Path.Combine(Built, Path.ChangeExtension(file, ".txt"))), said);
    }

    [Fact]
    public void AreRefusedWhenLargerThanOneMebibyte()
    {
        Assert.Equal(
            """
            scarnet: error: pipeline.yaml:1:1: the file is larger than 1 MiB
            scarnet: hint: a function file names its scripts, it does not hold data

            """,
            Written.Problems(Written.ShortText() + "#" + new string('x', 1024 * 1024)));
    }

    [Fact]
    public void AreReadUpToOneMebibyte()
    {
        var text = Written.ShortText();

        Assert.NotNull(Written.Read(text + "#" + new string('x', (1024 * 1024) - text.Length - 1)).Pipeline);
    }

    private static void Approve(string file, string said, [CallerFilePath] string source = "")
    {
        if (Environment.GetEnvironmentVariable("SCARNET_APPROVE") == "1")
        {
            var name = Path.ChangeExtension(file, ".txt");
            File.WriteAllText(Path.Combine(Built, name), said);
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(source)!, "..", "testdata", "definitions", name), said);
        }
    }
}
