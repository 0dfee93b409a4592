using ScarNet.Cli.Output;

namespace ScarNet.Cli.Trials;

/// <summary>The directory of an engine that lives for one trial; gone with it, unless it is to be kept.</summary>
internal sealed class TrialDirectory : IDisposable
{
    private const string TemporaryVariable = "TMPDIR";

    private readonly Terminal terminal;
    private readonly bool keep;
    private readonly string? temporary = Environment.GetEnvironmentVariable(TemporaryVariable);

    /// <summary>
    /// Until it is disposed this process's TMPDIR lies in it, and so do the workspaces of scripts that an interruption killed: they go
    /// with it.
    /// </summary>
    public TrialDirectory(Terminal terminal, bool keep)
    {
        this.terminal = terminal;
        this.keep = keep;
        Path = Directory.CreateTempSubdirectory("scarnet-try-").FullName;
        var inside = System.IO.Path.Join(Path, "tmp");
        Directory.CreateDirectory(inside);
        Environment.SetEnvironmentVariable(TemporaryVariable, inside);
    }

    public string Path { get; }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(TemporaryVariable, temporary);
        if (keep)
        {
            terminal.Say($"scarnet: kept the engine's directory; 'scarnet --local --data {Path} ls' looks into it");
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Warn($"'{Path}' could not be removed: {e.Message}");
        }
    }
}
