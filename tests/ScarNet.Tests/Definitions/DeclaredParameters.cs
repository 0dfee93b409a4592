using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Definitions;

public sealed class DeclaredParameters
{
    [Fact]
    public void HaveADefaultOrNone()
    {
        var function = Written.Short("c_args: [Ref::depth, 'a=Ref::sample']", "parameters:", "  depth: 30", "  sample:", "  text: ~");

        Assert.Equal(new Dictionary<string, string?> { ["depth"] = "30", ["sample"] = null, ["text"] = null }, function.Parameters);
    }

    [Theory]
    [InlineData("c_args: [x, Ref::depht]\n    parameters: {depth: 1}", "4:17: 'Ref::depht' of function 'f' stands for a parameter that it does not declare", "declare it")]
    [InlineData("c_args: Ref::Depth\n    parameters: {depth: 1}", "4:13: 'Ref::Depth' of function 'f'", "did you mean 'Ref::depth'?")]
    [InlineData("parameters: [depth]", "4:17: 'parameters' of function 'f' must be a block of NAME: DEFAULT", "{sample: NA12878, depth: 30}")]
    [InlineData("parameters: {a b: 1}", "4:18: parameter 'a b' of function 'f' has a name it cannot have", "letters, digits")]
    [InlineData("parameters: {scarnet-hash: 1}", "4:18: parameter 'scarnet-hash' of function 'f' has a name it cannot have", "not beginning with 'scarnet'")]
    [InlineData("parameters: {a: 1, A: 2}", "4:24: parameter 'A' of function 'f' and 'a' would both be 'SCARNET_PARAM_A'", "another name")]
    [InlineData("parameters: {a: ''}", "4:18: the default of parameter 'a' of function 'f' is empty", "it is required")]
    [InlineData("parameters: {a: [1]}", "4:21: 'parameters.a' of function 'f' must be text", "")]
    [InlineData("input: [in/x]\n    parameters:\n      a:", "6:7: parameter 'a' of function 'f' has no default, and the function is started by its input", "-P a=VALUE")]
    public void AreRefusedWithTheirPlace(string lines, string error, string hint)
    {
        var said = Written.Problems(Written.ShortText(lines));

        Assert.Contains($"pipeline.yaml:{error}", said, StringComparison.Ordinal);
        Assert.Contains(hint, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo Ref::depth", true)]
    [InlineData("echo 'Ref::depth' \"use Ref::depth\" x-Ref::depth Ref::depth/x", false)]
    public void AreWordsOfCommandsOutsideQuotesOnly(string command, bool isWord)
    {
        var said = Written.Problems($"functions:\n  f:\n    command: |-\n      {command}\n");

        Assert.Equal(isWord, said.Contains("unknown parameter 'depth' in a command of function 'f'", StringComparison.Ordinal));
    }

    [Fact]
    public void BecomeOneQuotedWordOfACommand() =>
        Assert.Equal("echo 'it'\\''s; rm -rf /';ls", CommandTemplate.Of("echo Ref::x;ls").Fill(name => name == "parameters.x" ? ["it's; rm -rf /"] : []));

    [Fact]
    public void AreFilledIntoWords() =>
        Assert.Equal("a=Ref::other,1", Parameters.Fill("a=Ref::other,Ref::x", new Dictionary<string, string> { ["x"] = "1" }));

    [Fact]
    public void TakeWhatIsGivenOverTheirDefaults()
    {
        var declared = new Dictionary<string, string?> { ["depth"] = "30", ["sample"] = null };

        var values = Parameters.Values("f", declared, new Dictionary<string, string> { ["sample"] = "s" });
        var missing = Assert.Throws<ScarException>(() => Parameters.Values("f", declared, new Dictionary<string, string>()));
        var unknown = Assert.Throws<ScarException>(() => Parameters.Values("f", declared, new Dictionary<string, string> { ["sampel"] = "s" }));
        var empty = Assert.Throws<ScarException>(() => Parameters.Values("f", declared, new Dictionary<string, string> { ["sample"] = "" }));

        Assert.Equal(("30", "s"), (values["depth"], values["sample"]));
        Assert.Equal(("parameter 'sample' of function 'f' has no value, and no default in the function file", "give it one: -P sample=VALUE"), (missing.Message, missing.Hint));
        Assert.Equal(("function 'f' has no parameter 'sampel'", "it has depth, sample"), (unknown.Message, unknown.Hint));
        Assert.Contains("is empty", empty.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TravelAsNamesAndValues()
    {
        var words = JobArguments.Placeholders(["b", "a"]);
        var read = JobArguments.Read(["stage-in", .. JobArguments.Of(new Dictionary<string, string> { ["a"] = "--parameters", ["b"] = "x y" })]);

        Assert.Equal(["--parameters", "a", "Ref::a", "b", "Ref::b"], words);
        Assert.Equal("stage-in", read.Phase);
        Assert.Equal(("--parameters", "x y"), (read.Parameters["a"], read.Parameters["b"]));
        Assert.Equal((null, 0), (JobArguments.Read([]).Phase, JobArguments.Read([]).Parameters.Count));
        Assert.Throws<ScarException>(() => JobArguments.Read(["--parameters", "a"]));
        Assert.Throws<ScarException>(() => JobArguments.Read(["stage-in", "more"]));
    }

    [Fact]
    public void ComeWithACall()
    {
        var given = InvokeOverrides.ParametersOf("""{"Records": [], "parameters": {"depth": 50, "sample": "s"}}"""u8.ToArray());

        Assert.Equal(new Dictionary<string, string> { ["depth"] = "50", ["sample"] = "s" }, given);
        Assert.Empty(InvokeOverrides.ParametersOf("no json"u8.ToArray()));
    }

    [Theory]
    [InlineData("""{"parameters": [1]}""", "'parameters' of the payload is no object")]
    [InlineData("""{"parameters": "depth"}""", "'parameters' of the payload is no object")]
    [InlineData("""{"parameters": {"depth": 1, "sample": "s", "depth": 2}}""", "'parameters' of the payload has 'depth' twice")]
    public void AreRefusedWhenACallBringsThemInAnotherForm(string payload, string problem) =>
        Assert.Equal(problem, Assert.Throws<ScarException>(() => InvokeOverrides.ParametersOf(System.Text.Encoding.UTF8.GetBytes(payload))).Message);
}
