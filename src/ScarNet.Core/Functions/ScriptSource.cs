using ScarNet.Core.Tasks;

namespace ScarNet.Core.Functions;

/// <summary>What a function runs: exactly one of a file, one command line or a list of them.</summary>
/// <param name="Path">Absolute path of the file: a script (<c>init_script</c>), or what <see cref="Task"/> says it is.</param>
/// <param name="Command">One shell command line (<c>command</c>).</param>
/// <param name="Commands">Shell command lines, the first that fails ends the run (<c>commands</c>).</param>
public sealed record ScriptSource(string? Path, string? Command, IReadOnlyList<string>? Commands)
{
    /// <summary>What the file holds when it is a GA4GH task (<c>task</c>).</summary>
    public TaskFile? Task { get; init; }

    /// <summary>What the file holds when it is a CWL tool (<c>cwl</c>).</summary>
    public CwlTool? Cwl { get; init; }

    public static ScriptSource File(string path) => new(path, null, null);

    public static ScriptSource Line(string command) => new(null, command, null);

    public static ScriptSource Lines(IReadOnlyList<string> commands) => new(null, null, commands);
}
