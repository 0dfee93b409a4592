using ScarNet.Core.Functions;

namespace ScarNet.Tests.Definitions;

public sealed class Commands
{
    [Theory]
    [InlineData("sh", "/bin/sh -eu")]
    [InlineData("bash", "bash -euo pipefail")]
    [InlineData("sh-pipefail", "/bin/sh -euo pipefail")]
    [InlineData("[zsh, -e]", "zsh -e")]
    public void RunInTheShellThatIsNamed(string shell, string words)
    {
        Assert.Equal(words, string.Join(' ', Function($"command: ls\n    shell: {shell}").Shell));
    }

    [Fact]
    public void StartWhereTheFileSays()
    {
        var function = Function("command: ls\n    workdir: image\n    compat: bayerclaw");

        Assert.Equal((StartDirectory.Image, Compatibility.BayerClaw), (function.StartDirectory, function.Compatibility));
    }

    [Fact]
    public void MayUseEveryName()
    {
        var names = CommandTemplate.PlainNames.Append("env.HOME").Append("data.a.b");

        var function = Function(
            $"command: \"echo {string.Concat(names.Select(name => $"{{{{ {name} }}}} "))}\"");

        Assert.NotNull(function.Script?.Command);
    }

    [Theory]
    [InlineData("commands: [ls, 'cat {{ inptu }}']", "4:20: unknown name '{{ inptu }}' in a command of function 'f'", "there are input, input_dir")]
    [InlineData("command: cat {{ inputs.x }}", "4:14: unknown name '{{ inputs.x }}' in a command of function 'f'", "did you mean '{{ input }}'?")]
    [InlineData("command: cat \"{{ input }}\"", "4:14: '{{ input }}' in a command of function 'f'", "it stands inside quotes")]
    [InlineData("command: print({{ input }})\n    shell: [python3]", "4:14: '{{ input }}' in a command of function 'f'", "its shell 'python3' quotes in its own way")]
    [InlineData("command: ls\n    shell: bsh", "5:12: 'shell' of function 'f' must be one of 'sh', 'bash', 'sh-pipefail' or a list of words, not 'bsh'", "")]
    [InlineData("command: ls\n    workdir: here", "5:14: 'workdir' of function 'f' must be one of 'workspace', 'image', not 'here'", "")]
    [InlineData("command: ls\n    compat: funnel", "5:13: 'compat' of function 'f' must be one of 'none', 'bayerclaw', not 'funnel'", "")]
    [InlineData("init_script: run.sh\n    shell: bash", "5:12: 'shell' of function 'f' is for 'command' and 'commands'", "the first line of a script")]
    public void AreRefusedWithTheirPlace(string lines, string error, string hint)
    {
        var said = Written.Problems($"functions:\n  f:\n\n    {lines}\n");

        Assert.Contains($"pipeline.yaml:{error}", said, StringComparison.Ordinal);
        Assert.Contains(hint, said, StringComparison.Ordinal);
    }

    private static FunctionDefinition Function(string lines) => Written.Function($"functions:\n  f:\n    {lines}\n");
}
