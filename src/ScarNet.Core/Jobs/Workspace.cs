namespace ScarNet.Core.Jobs;

/// <summary>
/// The places of one invocation on disk. The script starts in <see cref="Root"/>; what ScarNet itself puts there is out of its way in a
/// hidden directory.
/// </summary>
/// <param name="Root">Absolute path.</param>
public sealed record Workspace(string Root)
{
    public string Input => Path.Combine(Root, "input");

    public string Output => Path.Combine(Root, "output");

    /// <summary>The script's TMPDIR, so that what it forgets there goes with the workspace.</summary>
    public string Temporary => Path.Combine(Own, "tmp");

    public string Script => Path.Combine(Own, "script");

    /// <summary>The event and the function as JSON.</summary>
    public string JobData => Path.Combine(Own, "job.json");

    /// <summary>cwltool's input object.</summary>
    public string CwlJob => Path.Combine(Own, "cwl.json");

    /// <summary>Number of the command that was started last, from 1.</summary>
    public string CommandNumber => Path.Combine(Own, "command");

    /// <summary>Where a notice is put that the machine is taken back; there is none before.</summary>
    public string SpotNotice => Path.Combine(Own, "spot-notice.json");

    private string Own => Path.Combine(Root, ".scarnet");

    public IReadOnlyList<string> Directories => [Root, Input, Output, Own, Temporary];

    /// <summary>Where the object of a key is put: a file of <see cref="Input"/>, whatever the key.</summary>
    /// <exception cref="ScarException">No file can be called like the key.</exception>
    public string InputFile(string key)
    {
        var file = Path.GetFullPath(Path.Combine(Input, InputNames.FileNameOf(key)));
        return Path.GetDirectoryName(file) == Path.GetFullPath(Input)
            ? file
            : throw new InvalidOperationException($"'{file}' is outside '{Input}'");
    }
}
