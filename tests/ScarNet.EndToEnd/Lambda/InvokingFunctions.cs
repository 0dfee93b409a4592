using System.Text;
using System.Text.Json;
using ScarNet.EndToEnd.Support;
using ScarNet.Local.Processes;

namespace ScarNet.EndToEnd.Lambda;

/// <summary>Synchronous calls of functions whose runtime we did not write.</summary>
public sealed class InvokingFunctions(BashFunctions functions) : IClassFixture<BashFunctions>
{
    [Fact]
    public async Task AnswersWithWhatTheFunctionSaysAndTheTailOfItsLog()
    {
        await functions.Create("echo", "echo \"working on $EVENT\" >&2; echo \"$EVENT\"");

        var (said, answer) = await functions.Invoke("echo", """{"name":"wörld 🎈"}""", "--log-type", "Tail");
        var tail = Encoding.UTF8.GetString(Convert.FromBase64String(said.GetProperty("LogResult").GetString()!));

        Assert.Equal("""{"name":"wörld 🎈"}""", answer);
        Assert.Equal(200, said.GetProperty("StatusCode").GetInt32());
        Assert.Contains("START RequestId: ", tail, StringComparison.Ordinal);
        Assert.Contains("working on {\"name\":\"wörld 🎈\"}", tail, StringComparison.Ordinal);
        Assert.Contains("REPORT RequestId: ", tail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivesTheRuntimeWhatLambdaGivesIt()
    {
        await functions.Create("environment", """
            head=$(tr -d '\r' < /tmp/headers.$$)
            deadline=$(grep -i Lambda-Runtime-Deadline-Ms <<< "$head" | cut -d' ' -f2)
            arn=$(grep -i Lambda-Runtime-Invoked-Function-Arn <<< "$head" | cut -d' ' -f2)
            echo "[\"$arn\", $((deadline / 1000 - $(date +%s))), \"$AWS_LAMBDA_FUNCTION_NAME $AWS_LAMBDA_FUNCTION_MEMORY_SIZE $AWS_REGION $_HANDLER $PWD $LAMBDA_TASK_ROOT\"]"
            """, "--timeout", "30");

        var (_, answer) = await functions.Invoke("environment");

        var given = JsonDocument.Parse(answer).RootElement;
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:environment", given[0].GetString());
        Assert.InRange(given[1].GetInt32(), 20, 30);
        Assert.Matches("^environment 128 us-east-1 none (/.+) \\1$", given[2].GetString());
    }

    [Fact]
    public async Task ReusesAWarmProcess()
    {
        await functions.Create("warm", "echo $$");

        var first = await functions.Invoke("warm");
        var second = await functions.Invoke("warm");

        Assert.Equal(first.Answer, second.Answer);
    }

    [Fact]
    public async Task OnlyChecksADryRun()
    {
        await functions.Create("dry", "touch /tmp/scarnet-dry-$PPID; echo 1");

        var (said, answer) = await functions.Invoke("dry", "{}", "--invocation-type", "DryRun");

        Assert.Equal(204, said.GetProperty("StatusCode").GetInt32());
        Assert.Empty(answer);
    }

    [Fact]
    public async Task KillsAForkedTreeWhenTheTimeIsOver()
    {
        await functions.Create("hangs", "(setsid sleep 5011 >/dev/null 2>&1 &); sleep 5012 & sleep 5013", "--timeout", "1");

        var (said, answer) = await functions.Invoke("hangs");
        var log = await functions.Log("hangs", "\"timed out\"");
        var left = ProcessTable.Read().Count(p => CommandLine(p.Pid) is "sleep\05011\0" or "sleep\05012\0" or "sleep\05013\0");

        Assert.Equal("Unhandled", said.GetProperty("FunctionError").GetString());
        Assert.Contains("Task timed out after 1.00 seconds", answer, StringComparison.Ordinal);
        Assert.Contains(log, line => line.EndsWith("Task timed out after 1.00 seconds", StringComparison.Ordinal));
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task TellsAFailingFunctionFromACrashingOne()
    {
        await functions.Create("failing", "return 1");
        await functions.Create("crashing", "kill -s KILL $$");
        await functions.Create("leaving", "kill -s TERM $$");

        var failing = await functions.Invoke("failing");
        var crashing = await functions.Invoke("crashing");
        var again = await functions.Invoke("crashing");
        var leaving = await functions.Invoke("leaving");

        Assert.Equal("Unhandled", failing.Said.GetProperty("FunctionError").GetString());
        Assert.Contains("the handler said no", failing.Answer, StringComparison.Ordinal);
        Assert.Contains("Runtime exited with error: signal: killed", crashing.Answer, StringComparison.Ordinal);
        Assert.Contains("Runtime.ExitError", again.Answer, StringComparison.Ordinal);
        Assert.Contains("Runtime exited with error: signal: terminated", leaving.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndsAFunctionThatTakesTooMuchMemory()
    {
        await functions.Create("greedy", "head -c 400000000 /dev/zero | tail -c 399999999 | sleep 60", "--timeout", "60");

        var (said, answer) = await functions.Invoke("greedy");

        Assert.Equal("Unhandled", said.GetProperty("FunctionError").GetString());
        Assert.Contains("signal: killed", answer, StringComparison.Ordinal);
        Assert.Contains("128 MB", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaysWhatIsWrongWithAZipThatCannotRun()
    {
        functions.WriteFile("empty.zip", BashFunctions.Zip(("readme", "nothing to run")));
        await functions.Aws("lambda", "create-function", "--function-name", "empty", "--zip-file", "fileb://empty.zip", "--runtime", "provided.al2023", "--handler", "x", "--role", "arn:aws:iam::000000000000:role/r");

        var (_, answer) = await functions.Invoke("empty");

        Assert.Contains("Runtime.InvalidEntrypoint", answer, StringComparison.Ordinal);
        Assert.Contains("Couldn't find valid bootstrap(s)", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeepsEveryByteItCanOfWhatIsWritten()
    {
        await functions.Create("bytes", """printf 'a\xff\xfeb\r\nno end' >&2; echo 1""");

        await functions.Invoke("bytes");
        var log = await functions.Log("bytes");

        Assert.Contains("a\uFFFD\uFFFDb", log);
        Assert.Contains("no end", log);
    }

    [Fact]
    public async Task BoundsTheLogOfAnEndlessWriter()
    {
        await functions.Create("chatty", "yes 'a line of noise that nobody wants' | head -c 100000000 >&2; echo last words >&2; echo 1", "--timeout", "60");

        var (_, answer) = await functions.Invoke("chatty");
        var dropped = await functions.LogOnceThere("chatty", "\"bytes of output are missing here\"");
        var last = await functions.LogOnceThere("chatty", "\"last words\"");
        var size = new DirectoryInfo(functions.DataDirectory).EnumerateFiles("scarnet.db*").Sum(f => f.Length);

        Assert.Equal("1", answer);
        Assert.Single(dropped);
        Assert.Single(last);
        Assert.True(size < 40_000_000, $"the database has {size} bytes");
    }

    [Fact]
    public async Task RefusesPayloadsThatLambdaRefuses()
    {
        await functions.Create("small", "echo 1");
        functions.WriteFile("large.json", "\"" + new string('x', 1024 * 1024) + "\"");

        var notJson = await functions.TryAws("lambda", "invoke", "--function-name", "small", "--cli-binary-format", "raw-in-base64-out", "--payload", "{", "out");
        var large = await functions.TryAws("lambda", "invoke", "--function-name", "small", "--invocation-type", "Event", "--cli-binary-format", "raw-in-base64-out", "--payload", "fileb://large.json", "out");
        var nobody = await functions.TryAws("lambda", "invoke", "--function-name", "nobody", "out");

        Assert.Contains("(InvalidRequestContentException)", notJson.Error, StringComparison.Ordinal);
        Assert.Contains("(RequestTooLargeException)", large.Error, StringComparison.Ordinal);
        Assert.Contains("(ResourceNotFoundException)", nobody.Error, StringComparison.Ordinal);
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
