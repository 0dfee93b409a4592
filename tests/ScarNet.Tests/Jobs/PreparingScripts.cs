using System.Text;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class PreparingScripts
{
    [Theory]
    [InlineData("echo hi\n", "/bin/sh")]
    [InlineData("", "/bin/sh")]
    [InlineData("#!\necho hi\n", "/bin/sh")]
    [InlineData("#!/bin/bash\necho hi\n", "/bin/bash")]
    [InlineData("#! /bin/bash \t\necho hi\n", "/bin/bash")]
    [InlineData("#!/bin/bash\r\necho hi\r\n", "/bin/bash")]
    [InlineData("\uFEFF#!/bin/bash\necho hi\n", "/bin/bash")]
    [InlineData("#!/usr/bin/env python3\nprint(1)\n", "/usr/bin/env", "python3")]
    [InlineData("#!/usr/bin/env -S python3 -u\n", "/usr/bin/env", "-S python3 -u")]
    [InlineData("#!/bin/bash", "/bin/bash")]
    public void HonoursTheShebangAsTheKernelDoes(string script, params string[] interpreter) =>
        Assert.Equal(interpreter, ScriptCommand.Of(Encoding.UTF8.GetBytes(script)).Interpreter);

    [Fact]
    public void PutsTheFileAndItsArgumentsBehindTheInterpreter()
    {
        var command = ScriptCommand.Of("#!/usr/bin/env bash\n"u8.ToArray());

        Assert.Equal(["/usr/bin/env", "bash", "/w/script", "a b", "$(x)"], command.Arguments("/w/script", ["a b", "$(x)"]));
    }

    [Fact]
    public void MendsLineEnds() =>
        Assert.Equal("#!/bin/sh\necho 'a\rb'\n\n", Text(ScriptCommand.Of("#!/bin/sh\r\necho 'a\rb'\r\n\r\n"u8.ToArray())));

    [Fact]
    public void LeavesProgramsAlone()
    {
        byte[] program = [0x7F, (byte)'E', (byte)'L', (byte)'F', 0, (byte)'\r', (byte)'\n'];

        var command = ScriptCommand.Of(program);

        Assert.Equal(program, command.Content.ToArray());
        Assert.Empty(command.Interpreter);
    }

    [Fact]
    public void LeavesArchivesBehindAScriptAlone()
    {
        var script = "#!/bin/sh\nexit 0\n\0\r\n"u8.ToArray();

        Assert.Equal(script, ScriptCommand.Of(script).Content.ToArray());
    }

    [Fact]
    public void KeepsBytesThatAreNotUtf8()
    {
        byte[] script = [(byte)'#', 0xFF, (byte)'\r', (byte)'\n', 0xFE];

        Assert.Equal([(byte)'#', 0xFF, (byte)'\n', 0xFE], ScriptCommand.Of(script).Content.ToArray());
    }

    private static string Text(ScriptCommand command) => Encoding.UTF8.GetString(command.Content.Span);
}
