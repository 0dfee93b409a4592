using ScarNet.Core.Functions;

namespace ScarNet.Tests.Definitions;

public sealed class ArraysAndOrder
{
    [Fact]
    public void AreRead()
    {
        var functions = Written.Read(Two("array: true\n    error_tolerance: 10%", "after: a")).Pipeline!.Functions;

        Assert.Equal((true, "10%"), (functions[0].Array, functions[0].ErrorTolerance));
        Assert.Equal(["a"], functions[2].After);
    }

    [Theory]
    [InlineData("error_tolerance: ten", "", "5:22: error_tolerance of function 'a' is 'ten'", "'10%'")]
    [InlineData("error_tolerance: 101%", "", "5:22: error_tolerance of function 'a' is '101%'", "'10%'")]
    [InlineData("error_tolerance: -1", "", "5:22: error_tolerance of function 'a' is '-1'", "'10%'")]
    [InlineData("array: perhaps", "", "5:12: 'array' of function 'a' must be", "")]
    [InlineData("after: a", "", "5:12: function 'a' is to come after itself", "other functions")]
    [InlineData("", "after: [a, aa]", "13:16: 'after' of function 'b' names 'aa', which is no function of the pipeline", "there are a, c")]
    [InlineData("", "after: [c]", "13:13: function 'b' cannot wait for 'c', which is not in batch mode", "execution_mode: batch")]
    [InlineData("after: b", "after: a", "5:12: functions wait for each other in a circle: 'a' → 'b' → 'a'", "take one 'after' away")]
    public void AreRefusedWithTheirPlace(string a, string b, string error, string hint)
    {
        var said = Written.Problems(Two(a, b));

        Assert.Contains($"pipeline.yaml:{error}", said, StringComparison.Ordinal);
        Assert.Contains(hint, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("array: true")]
    [InlineData("error_tolerance: 1")]
    public void AreForBatchMode(string line) => Assert.Contains(
        "4:", Written.Problems(Written.ShortText(line)), StringComparison.Ordinal);

    [Fact]
    public void NeedFilesToWorkOn() => Assert.Contains(
        "function 'b' has no input, nor has what it comes after",
        Written.Problems("functions:\n  a: {command: x, execution_mode: batch}\n  b: {command: x, execution_mode: batch, after: a}\n"),
        StringComparison.Ordinal);

    [Fact]
    public void NeedFilesOfOneFunction() => Assert.Contains(
        "function 'c' has no input of its own and comes after functions with different ones: 'a', 'b'",
        Written.Problems(
            "functions:\n  a: {command: x, execution_mode: batch, input: [x/a]}\n  b: {command: x, execution_mode: batch, input: [x/b]}\n"
            + "  c: {command: x, execution_mode: batch, after: [a, b]}\n"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(null, 100, 0)]
    [InlineData("5", 100, 5)]
    [InlineData("5", 3, 3)]
    [InlineData("10%", 100, 10)]
    [InlineData("10%", 19, 1)]
    [InlineData("10%", 9, 0)]
    [InlineData("0.5%", 10_000, 50)]
    [InlineData("100%", 7, 7)]
    public void ToleranceIsANumberOfChildren(string? tolerance, int size, int failures) => Assert.Equal(failures, ErrorTolerance.Of(tolerance, size));

    [Theory]
    [InlineData(null, null, 1, 1, false)] // no retries are written: only what is nobody's fault is tried again
    [InlineData(null, null, 1, 196, true)]
    [InlineData(null, null, 3, 196, false)]
    [InlineData(0, null, 1, 196, false)]
    [InlineData(2, null, 1, 1, true)]
    [InlineData(2, null, 2, 1, true)]
    [InlineData(2, null, 3, 1, false)]
    [InlineData(2, 7, 1, 7, true)] // with a rule for 7
    [InlineData(2, 7, 1, 8, false)]
    [InlineData(2, 7, 1, 196, true)]
    public void AnAttemptIsFollowedByAnotherAsBatchIsTold(int? retries, int? retried, int attempt, int exitCode, bool follows)
    {
        var rules = retried is { } code ? new RetryRules(new Dictionary<int, bool> { [code] = true }) : null;

        Assert.Equal(follows, RetryRules.Follows(retries, rules, attempt, exitCode));
    }

    [Fact]
    public void OrderPutsEachBehindWhatItWaitsFor()
    {
        var after = new Dictionary<string, string[]> { ["d"] = ["b", "c"], ["b"] = ["a"], ["c"] = ["a"], ["a"] = ["elsewhere"] };

        Assert.Equal(["a", "b", "c", "d"], AfterOrder.Sort(["d", "b", "c", "a"], name => after[name]));
    }

    private static string Two(string a, string b) =>
        $"""
        functions:
          a:
            init_script: a.sh
            execution_mode: batch
            {(a.Length == 0 ? "description: a" : a)}
            input: [lab/in]
          c:
            init_script: c.sh
            input: [lab/c]
          b:
            init_script: b.sh
            execution_mode: batch
            {(b.Length == 0 ? "description: b" : b)}
            {(b.Length == 0 ? "input: [lab/b]" : "")}

        """;
}
