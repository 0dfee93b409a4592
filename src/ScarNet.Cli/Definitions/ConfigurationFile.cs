namespace ScarNet.Cli.Definitions;

/// <summary>Finds the user's configuration.</summary>
public static class ConfigurationFile
{
    /// <summary>Null when there is none: everything has a default.</summary>
    /// <param name="named">The value of <c>SCARNET_CONFIG</c>; empty or null looks in the home directory.</param>
    /// <param name="home">The user's home directory: <c>.scarnet/config.yaml</c> in it, else SCAR's <c>.scar/scar.cfg</c>.</param>
    /// <param name="workingDirectory">Absolute path that a relative <paramref name="named"/> starts from.</param>
    /// <exception cref="Core.ScarException">The file that was named is not there, or one cannot be read.</exception>
    public static DefinitionText? Find(string? named, string home, string workingDirectory)
    {
        if (!string.IsNullOrEmpty(named))
        {
            var path = Path.GetFullPath(named, workingDirectory);
            return File.Exists(path)
                ? Load(named, path)
                : throw new Core.ScarException($"the configuration '{named}' was not found", "SCARNET_CONFIG names it: mend or unset that");
        }

        string[] usual = [Path.Combine(home, ".scarnet", "config.yaml"), Path.Combine(home, ".scar", "scar.cfg")];
        return usual.FirstOrDefault(File.Exists) is { } found ? Load(found, found) : null;
    }

    private static DefinitionText Load(string name, string path)
    {
        try
        {
            return DefinitionFiles.LoadFile(name, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.DecoderFallbackException)
        {
            throw new Core.ScarException($"the configuration '{name}' cannot be read: {e.Message}", e);
        }
    }
}
