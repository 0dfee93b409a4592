using System.Diagnostics;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class RunningCommandLists
{
    [Theory]
    [InlineData(0, "123", "printf 1", "printf 2", "printf 3")]
    [InlineData(3, "1", "printf 1", "(exit 3)", "printf 3")]
    [InlineData(1, "", "false && true", "printf 2")]
    [InlineData(1, "", "! true", "printf 2")]
    [InlineData(4, "1", "printf 1\nsh -c 'exit 4'\nprintf 2", "printf 3")]
    [InlineData(0, "/", "cd /", "x=$PWD", "printf %s \"$x\"")]
    [InlineData(0, "in", "cat <<E\nin\nE", "# only words")]
    [InlineData(0, "1", "printf 1 # said", "true || false")]
    public async Task EndsAtTheFirstThatFails(int exitCode, string output, params string[] commands)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        await shell.StandardInput.WriteAsync(System.Text.Encoding.UTF8.GetString(new CommandList(commands, []).Script(_ => [], null).Content.Span));
        shell.StandardInput.Close();
        var said = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((exitCode, output), (shell.ExitCode, said.TrimEnd('\n')));
    }
}
