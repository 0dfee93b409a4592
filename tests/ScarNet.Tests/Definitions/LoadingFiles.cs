using System.Text;
using ScarNet.Cli.Definitions;
using ScarNet.Core;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Definitions;

public sealed class LoadingFiles : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("scarnet-definitions-");

    [Fact]
    public void JoinsSeveralFilesIntoOnePipelineOfTheFirstOnesName()
    {
        Write("one/cut.yaml", "functions: {cut: {init_script: cut.sh}}");
        Write("two/paste.yaml", "functions: {paste: {init_script: paste.sh}}");
        Write("one/cut.sh", "");
        Write("two/paste.sh", "");

        var pipeline = Read("one/cut.yaml", "two/paste.yaml").Pipeline!;

        Assert.Equal("cut", pipeline.Name);
        Assert.Equal([Path("one/cut.sh"), Path("two/paste.sh")], pipeline.Functions.Select(function => function.Script?.Path));
    }

    [Fact]
    public void ReadsStandardInputFromTheWorkingDirectory()
    {
        Write("run.sh", "");
        using var input = new MemoryStream(Encoding.UTF8.GetBytes("functions: {f: {init_script: run.sh}}"));

        var pipeline = DefinitionFiles.Read(["-"], directory.FullName, input, DefinitionDefaults.BuiltIn).Pipeline!;

        Assert.Equal(("pipeline", Path("run.sh")), (pipeline.Name, pipeline.Functions[0].Script?.Path));
    }

    [Fact]
    public void TellsOfEveryFileThatCannotBeRead()
    {
        File.WriteAllBytes(Path("latin1.yaml"), [0x66, 0xe9]);
        Write("good.yaml", "functions: {f: {command: echo, timout: 1}}");

        Assert.Equal(
            """
            scarnet: error: none.yaml: there is no such file
            scarnet: hint: -f names a function file, or - for standard input
            scarnet: error: latin1.yaml: the file is not UTF-8 text
            scarnet: error: .: this is no file that may be read
            scarnet: error: good.yaml:1:32: unknown key 'timout' in function 'f'
            scarnet: hint: did you mean 'timeout'?

            """,
            ProblemText.Format(Read("none.yaml", "latin1.yaml", ".", "good.yaml").Problems));
    }

    [Fact]
    public void TellsOfAFunctionThatTwoFilesHave()
    {
        Write("a.yaml", "functions: {f: {command: echo}}");
        Write("b.yaml", "functions: {f: {command: echo}}");

        Assert.Equal(
            """
            scarnet: error: b.yaml:1:13: duplicate function 'f'
            scarnet: hint: it is defined at a.yaml:1:13 already; give one of them another name

            """,
            ProblemText.Format(Read("a.yaml", "b.yaml").Problems));
    }

    [Fact]
    public void StepsOverAByteOrderMark()
    {
        File.WriteAllText(Path("bom.yaml"), "functions: {f: {command: echo}}", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.NotNull(Read("bom.yaml").Pipeline);
    }

    [Fact]
    public void RefusesALargeFileWithoutReadingItAll()
    {
        using (var file = File.Create(Path("large.yaml")))
        {
            file.SetLength(1L << 32);
        }

        Assert.Contains("larger than 1 MiB", ProblemText.Format(Read("large.yaml").Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void FindsTheConfigurationWhereItLies()
    {
        Assert.Null(Find(null));

        Write(".scar/scar.cfg", "{}");
        Assert.Equal(Path(".scar/scar.cfg"), Find(null)?.Name);

        Write(".scarnet/config.yaml", "");
        Assert.Equal(Path(".scarnet/config.yaml"), Find("")?.Name);

        Write("mine.yaml", "");
        Assert.Equal("mine.yaml", Find("mine.yaml")?.Name);
    }

    [Fact]
    public void SaysWhoNamedAConfigurationThatIsNotThere()
    {
        var e = Assert.Throws<ScarException>(() => Find("none.yaml"));

        Assert.Contains("SCARNET_CONFIG", e.Hint, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Delete(recursive: true);

    private DefinitionText? Find(string? named) => ConfigurationFile.Find(named, directory.FullName, directory.FullName);

    private ReadResult Read(params string[] names) => DefinitionFiles.Read(names, directory.FullName, Stream.Null, DefinitionDefaults.BuiltIn);

    private string Path(string name) => System.IO.Path.Combine(directory.FullName, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
    }
}
