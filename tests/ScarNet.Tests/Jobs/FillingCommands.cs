using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public sealed class FillingCommands
{
    private static readonly ScriptRun Run = new()
    {
        Function = "f",
        Pipeline = "p",
        InvocationId = "id",
        RequestId = "r1",
        Workspace = new("/w"),
        InputFile = "/w/input/it's $(here).txt",
        Source = new() { Object = new("in", "data/a.b.txt") },
        Inputs = new Dictionary<string, IReadOnlyList<string>> { ["all"] = ["/w/input/a b", "/w/input/c"], ["none"] = [] },
        Raw = """{"flag":true,"off":false,"n":1.50,"none":null,"text":"True","deep":{"x":"y"}}""",
        Account = "000000000000",
        Region = "eu-west-1",
    };

    [Theory]
    [InlineData("cat {{ input }}", "cat '/w/input/it'\\''s $(here).txt'")]
    [InlineData("cp {{input}} {{output_dir}}/{{ key_stem }}.out", "cp '/w/input/it'\\''s $(here).txt' '/w/output'/'a.b'.out")]
    [InlineData("cat {{ inputs.all }}", "cat '/w/input/a b' '/w/input/c'")]
    [InlineData("cat {{ inputs.none }}", "cat ''")]
    [InlineData("echo {{ env.X }} ${y} ${input}", "echo 'a\nb' ${y} ${input}")]
    [InlineData("echo {{ data.flag }} {{ data.off }} {{ data.n }} {{ data.text }} {{ data.deep.x }}", "echo 'true' 'false' '1.50' 'True' 'y'")]
    [InlineData("docker ps --format '{{.Names}}'", "docker ps --format '{{.Names}}'")]
    public void QuotesEveryValue(string command, string filled)
    {
        var words = new TemplateWords(Run, new Dictionary<string, string> { ["X"] = "a\nb" });

        Assert.Equal(filled, CommandTemplate.Of(command).Fill(words.Of));
    }

    [Theory]
    [InlineData("env.NOT_SET", "no such variable is set")]
    [InlineData("data.none", "it is null")]
    [InlineData("data.absent", "the data has no 'absent'")]
    public void RefusesWhatHasNoValueInPlaceOfLeavingItInTheText(string name, string why)
    {
        var words = new TemplateWords(Run, new Dictionary<string, string>());

        var problem = Assert.Throws<ScarException>(() => words.Of(name));

        Assert.Equal($"'{{{{ {name} }}}}' of a command has no value: {why}", problem.Message);
    }

    [Theory]
    [InlineData("echo '{{ key }}'", "inside quotes")]
    [InlineData("echo \"a {{ key }}\"", "inside quotes")]
    [InlineData("echo \"$(cat \"{{ key }}\")\"", "inside quotes")]
    [InlineData("echo `cat {{ key }}`", "inside backquotes")]
    [InlineData("true # {{ key }}", "in a comment")]
    [InlineData("echo ${x:-{{ key }}}", "inside ${…}")]
    [InlineData("echo $(( {{ key }} + 1 ))", "in arithmetic")]
    [InlineData("(( x = {{ key }} ))", "in arithmetic")]
    [InlineData("echo ${{ key }}", "right behind '$'")]
    [InlineData("echo \\{{ key }}", "right behind '\\'")]
    [InlineData("cat <<E\n{{ key }}\nE", "here-document")]
    [InlineData("cat <<{{ key }}", "here-document")]
    [InlineData("echo \"$(case x in a) echo \"{{ key }}\";; esac)\"", "cannot be told")]
    [InlineData("echo $'a' {{ key }}", "cannot be told")]
    public void SaysWhereNoWordCanStand(string command, string why)
    {
        var flaw = Assert.Single(CommandTemplate.Of(command).Flaws);

        Assert.Contains(why, flaw.Flaw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat {{ key }} | tee \"$TMP_OUTPUT_DIR/x\" {{ key }}")]
    [InlineData("echo \"$(cat {{ key }})\"")]
    [InlineData("echo 'it'\\''s' {{ key }}")]
    [InlineData("echo \"${x:-\"a b\"}\" {{ key }}")]
    [InlineData("echo $# a#b {{ key }}")]
    [InlineData("( cd / && ls {{ key }} )")]
    [InlineData("echo $((1 + 2)) {{ key }}")]
    [InlineData("# don't\ncat {{ key }}")]
    [InlineData("cat <<< {{ key }}")]
    [InlineData("echo \\\" {{ key }}")]
    public void KnowsWhereAWordCanStand(string command)
    {
        Assert.Empty(CommandTemplate.Of(command).Flaws);
    }

    [Fact]
    public async Task ShellsReadBackWhatWasQuoted()
    {
        var texts = Gen.Elements("'", "\"", "$(false)", "`false`", "\\", "\n", " ", "*", "a", "!", "#", "ñ", ";", "&", "\t", "~", "{{ key }}")
            .ListOf().Select(string.Concat).Sample(300, 12).Distinct().ToList();
        var script = string.Concat(texts.Select(text => $"printf '%s\\0' {CommandTemplate.Quote(text)}\n"));

        Assert.Equal(texts, await Said("/bin/sh", script));
        Assert.Equal(texts, await Said("/bin/bash", script));
    }

    [Fact]
    public void CallsACommandByItsNumberAndText()
    {
        var list = new CommandList(["true", "grep -q x {{ input }} \n more", new string('y', 200)], []);

        Assert.Equal("command 2 of 3, 'grep -q x {{ input }} ',", list.Describe(2));
        Assert.Equal($"command 3 of 3, '{new string('y', 80)}…',", list.Describe(3));
        Assert.Null(list.Describe(4));
    }

    [Fact]
    public void LeavesOtherLanguagesAlone()
    {
        var script = new CommandList(["print(1)", "print(2)"], ["python3", "-u"]).Script(_ => [], "/w/number");

        Assert.Equal("print(1)\nprint(2)\n", Encoding.UTF8.GetString(script.Content.Span));
        Assert.Equal(["python3", "-u", "/file"], script.Arguments("/file", []));
    }

    private static async Task<List<string>> Said(string shell, string script)
    {
        using var process = Process.Start(new ProcessStartInfo(shell)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. said.Split('\0')[..^1]];
    }
}
