using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class ScriptsEnvironment
{
    private static readonly ScriptRun Run = new()
    {
        Function = "f",
        Pipeline = "p",
        InvocationId = "id",
        RequestId = "r1",
        Workspace = new("/w"),
        InputFile = "/w/input/a.txt",
        Source = new ObjectEvent { Object = new("in", "data/a.txt"), Time = DateTimeOffset.UnixEpoch },
        Raw = """{"Records":[]}""",
        Account = "000000000000",
        Region = "eu-west-1",
    };

    [Fact]
    public void HasTheWholeContract()
    {
        var environment = ScriptEnvironment.Of([], new Dictionary<string, string>(), Run);

        var expected = new Dictionary<string, string>
        {
            ["INPUT_FILE_PATH"] = "/w/input/a.txt",
            ["TMP_INPUT_DIR"] = "/w/input",
            ["TMP_OUTPUT_DIR"] = "/w/output",
            ["TMPDIR"] = "/w/.scarnet/tmp",
            ["REQUEST_ID"] = "r1",
            ["EVENT"] = """{"Records":[]}""",
            ["EVENT_TIME"] = "1970-01-01T00:00:00.000Z",
            ["STORAGE_OBJECT_KEY"] = "data/a.txt",
            ["SCAR_INPUT_FILE"] = "/w/input/a.txt",
            ["SCAR_INPUT_DIR"] = "/w/input",
            ["SCAR_OUTPUT_DIR"] = "/w/output",
            ["AWS_LAMBDA_REQUEST_ID"] = "r1",
            ["SCARNET_FUNCTION"] = "f",
            ["SCARNET_PIPELINE"] = "p",
            ["SCARNET_EXECUTION_ID"] = "id",
            ["SCARNET_JOB_DATA_FILE"] = "/w/.scarnet/job.json",
            ["SCARNET_SPOT_NOTICE"] = "/w/.scarnet/spot-notice.json",
            ["SCARNET_WORKSPACE"] = "/w",
            ["SCARNET_BRANCH"] = "main",
            ["AWS_REGION"] = "eu-west-1",
            ["AWS_DEFAULT_REGION"] = "eu-west-1",
            ["AWS_ACCOUNT_ID"] = "000000000000",
        };
        Assert.Equal(expected, environment);
    }

    [Fact]
    public void PutsTheFunctionsVariablesOverTheMachinesAndUnderItsOwn()
    {
        var inherited = new Dictionary<string, string> { ["PATH"] = "/bin", ["ITERATIONS"] = "1", ["AWS_ACCESS_KEY_ID"] = "AK" };
        var function = new Dictionary<string, string> { ["ITERATIONS"] = "010", ["REQUEST_ID"] = "mine" };

        var environment = ScriptEnvironment.Of(inherited, function, Run);

        Assert.Equal(("/bin", "010", "AK", "r1"), (
            environment["PATH"], environment["ITERATIONS"], environment["AWS_ACCESS_KEY_ID"], environment["REQUEST_ID"]));
    }

    [Theory]
    [InlineData("SCARNET_SPEC")]
    [InlineData("SCARNET_EVENT")]
    [InlineData("SCARNET_LIFELINE")]
    [InlineData("SCARNET_JOB_QUEUE")]
    [InlineData("AWS_LAMBDA_RUNTIME_API")]
    [InlineData("_HANDLER")]
    public void HidesTheSupervisorsOwn(string name)
    {
        var environment = ScriptEnvironment.Of([new(name, "secret")], new Dictionary<string, string>(), Run);

        Assert.DoesNotContain(name, environment.Keys);
    }

    [Theory]
    [InlineData("STORAGE_OBJECT_KEY")]
    [InlineData("INPUT_FILE_PATH")]
    [InlineData("EVENT_TIME")]
    [InlineData("_X_AMZN_TRACE_ID")]
    public void KeepsNothingOfAnEarlierInvocation(string name)
    {
        var other = Run with { Source = null, InputFile = null };

        var environment = ScriptEnvironment.Of([new(name, "stale")], new Dictionary<string, string>(), other);

        Assert.DoesNotContain(name, environment.Keys);
    }

    [Fact]
    public void LeavesOutAnEventThatNoProcessCanBeGiven()
    {
        var environment = ScriptEnvironment.Of([], new Dictionary<string, string>(), Run with { Raw = new string('x', 131_072) });

        Assert.DoesNotContain("EVENT", environment.Keys);
    }
}
