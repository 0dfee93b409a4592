using System.Text;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

public sealed class RunningCommands(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    [Fact]
    public async Task NamesTheOneThatFailedAndRunsNoneAfterIt()
    {
        var spec = Function(["cp {{ input }} {{ output_dir }}/one", "false && true", "touch {{ output_dir }}/three"]) with
        {
            OnFailure = FailurePolicy.Upload,
        };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("commands/a", "A")));

        Assert.True(answer.Failed);
        var run = Assert.Single(await engine.Runs(spec));
        Assert.Equal((1, "command 2 of 3, 'false && true', ended with exit code 1"), (run.ExitCode, run.Error));
        Assert.Equal(["one"], (await engine.Outputs(spec)).Keys);
        var (_, log) = await sandbox.Stop();
        Assert.Contains("command 2 of 3, ", log, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "scar_echo_event_glob")]
    public async Task LeavesKeysThatAShellWouldReadOtherwise()
    {
        string[] keys = ["* ?[a-z]", "a  b\\n\\c", "$(touch pwned)`id`", "it's \"$HOME\" ;&|", "-n", "new\nline", "{{ workspace }}"];
        var spec = Function(
            [
                "printf %s {{ key_name }} > {{ output_dir }}/template",
                "printf %s \"$STORAGE_OBJECT_KEY\" > \"$TMP_OUTPUT_DIR/variable\"",
                "cat {{ input }} > {{ output_dir }}/content",
                "printf %s \"$EVENT\" > {{ output_dir }}/event",
                "ls -A | tr '\\n' ' ' > {{ output_dir }}/files",
            ]) with
        {
            Outputs = [new OutputRule(Outbox, "glob/{request_id}/")],
        };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        for (var i = 0; i < keys.Length; i++)
        {
            var record = await engine.Put("glob/" + keys[i], keys[i]);
            var answer = await sandbox.Handle(Event(record), $"g{i}");

            Assert.True(answer.Status == "succeeded", answer.Body.ToJsonString());
            Assert.Equal(keys[i], await engine.Text(Outbox, $"glob/g{i}/template"));
            Assert.Equal("glob/" + keys[i], await engine.Text(Outbox, $"glob/g{i}/variable"));
            Assert.Equal(keys[i], await engine.Text(Outbox, $"glob/g{i}/content"));
            Assert.Equal(Event(record), await engine.Text(Outbox, $"glob/g{i}/event"));
            Assert.Equal(".scarnet input output ", await engine.Text(Outbox, $"glob/g{i}/files"));
        }
    }

    [Theory]
    [InlineData("sh", "echo $NOT_SET", 2)]
    [InlineData("bash", "false | true", 1)]
    [InlineData("bash", "[[ a == a ]] && echo $BASH_VERSION", 0)]
    [InlineData(null, "echo $NOT_SET; false | true", 0)]
    public async Task RunInTheShellOfTheFunction(string? shell, string command, int exitCode)
    {
        var spec = Function([command]) with { Shell = shell is null ? [] : CommandShell.Named[shell] };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        await sandbox.Handle(Event(await engine.Put($"shells/{shell}-{exitCode}", "x")));

        Assert.Equal(exitCode, Assert.Single(await engine.Runs(spec)).ExitCode);
    }

    [Fact]
    public async Task RunInAnotherLanguage()
    {
        var spec = Function(["import os", "open(os.environ['TMP_OUTPUT_DIR'] + '/o', 'w').write('py')"]) with { Shell = ["python3"] };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        await sandbox.Handle(Event(await engine.Put("python", "x")));

        Assert.Equal("py", (await engine.Outputs(spec))["o"]);
    }

    [Fact]
    public async Task SayThatAShellIsNotThere()
    {
        var spec = Function(["true"]) with { Shell = ["no-such-sh", "-e"] };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("missing-shell", "x")));

        Assert.Contains("there is no 'no-such-sh' here", answer.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.ImageProblem, Assert.Single(await engine.Runs(spec)).ExitCode);
    }

    [Fact]
    public async Task SeeBayerClawsVariables()
    {
        var spec = Function(
            [
                "echo \"$BC_BRANCH_IDX $BC_STEP_NAME $BC_WORKFLOW_NAME\" > {{ output_dir }}/names",
                "test \"$BC_WORKSPACE\" = \"$PWD\" && test \"$BC_EXECUTION_ID\" = {{ execution_id }}",
                "grep -q '\"function\"' \"$BC_JOB_DATA_FILE\"",
            ]) with
        {
            Compatibility = Compatibility.BayerClaw,
        };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("bayerclaw", "x")));

        Assert.True(answer.Status == "succeeded", answer.Body.ToJsonString());
        Assert.Equal($"main {spec.Function} tests\n", (await engine.Outputs(spec))["names"]);
    }

    [Fact]
    public async Task StartWhereTheSupervisorDidWhenTheImagesDirectoryIsWanted()
    {
        var spec = Function(["pwd > {{ output_dir }}/where"]) with { StartDirectory = StartDirectory.Image };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        await sandbox.Handle(Event(await engine.Put("workdir", "x")));

        Assert.Equal(Environment.CurrentDirectory + "\n", (await engine.Outputs(spec))["where"]);
    }

    [Fact]
    public async Task GetDataAsJsonWritesIt()
    {
        var spec = Function(["printf '%s ' {{ data.flag }} {{ data.n }} {{ data.text }} > {{ output_dir }}/o"]);
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var good = await sandbox.Handle("""{"flag":true,"n":1.50,"text":"$(id)"}""");
        var missing = await sandbox.Handle("""{"flag":true,"n":null,"text":""}""", "r2");

        Assert.Equal(("succeeded", "true 1.50 $(id) "), (good.Status, (await engine.Outputs(spec))["o"]));
        Assert.Contains("'{{ data.n }}' of a command has no value: it is null", missing.Error, StringComparison.Ordinal);
    }

    private JobSpec Function(IReadOnlyList<string> commands)
    {
        var content = Encoding.UTF8.GetString(new CommandList(commands, []).Content());
        return engine.Function(content) with { Shell = [] };
    }
}
