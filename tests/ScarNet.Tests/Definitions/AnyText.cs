using FsCheck;
using FsCheck.Fluent;
using ScarNet.Cli.Definitions;

namespace ScarNet.Tests.Definitions;

/// <summary>Whatever a file says, it is a pipeline or it has an error, and every problem says something.</summary>
public sealed class AnyText
{
    private static readonly Gen<string> Tokens = Gen.Elements(
        "functions:", "aws:", "- ", "lambda:", "name: f", "init_script: run.sh", "input:", "path: photos/in", "batch:", "s3:", "input_bucket: b",
        "\n", "\n  ", "\n    ", "\n      ", "{", "}", "[", "]", ",", ":", ": ", "&a ", "*a ", "<<: ", "!x ", "!![", "&[", "'", "\"", "|", ">", "#", "%", "?", "---",
        "\t", "\r\n", "\0", "é", "\ud83d", "🎉", "~", "0x10", "1e3", "-1", "99999999999999999999", "environment: [A=1]", "{request_id}", "...", "\u2028");

    private static readonly string[] GoodFiles =
    [
        Written.ShortText("input: photos/in", "output: [{path: photos/out, suffix: .jpg}]", "environment: {A: 1}", "batch: {vcpus: 2}"),
        Written.FdlText("input: [{storage_provider: s3, path: photos/in}]", "container: {image: debian, environment: {Variables: {A: 1}}}"),
        Written.ShortText("s3: {input_bucket: photos}", "c_args: [a, b]", "time: 90"),
    ];

    [Fact]
    public void IsReadWithoutAnException()
    {
        Prop.ForAll(Tokens.ArrayOf().Select(string.Concat).ToArbitrary(), IsAnswered).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void OfAnyCharactersIsReadWithoutAnException()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => IsAnswered(text.Get)).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void ThatWasGoodBeforeIsReadWithoutAnException()
    {
        var mutated =
            from good in Gen.Elements(GoodFiles)
            from at in Gen.Choose(0, good.Length - 1)
            from length in Gen.Choose(0, 12)
            from with in Gen.OneOf(Tokens, Gen.Constant(""))
            select string.Concat(good.AsSpan(0, at), with, good.AsSpan(Math.Min(good.Length, at + length)));

        Prop.ForAll(mutated.ToArbitrary(), IsAnswered).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    private static bool IsAnswered(string text)
    {
        var result = Written.Read(text);
        var asConfiguration = Written.Read(Written.ShortText(), Written.Defaults with { Configuration = new DefinitionText("config", "/", text) });
        return result.Pipeline is null == result.Problems.Any(problem => !problem.IsWarning)
            && result.Problems.All(problem => problem.Message.Length > 0 && problem.Place is { Line: >= 1, Column: >= 1 })
            && asConfiguration.Problems.All(problem => problem.Message.Length > 0);
    }
}
