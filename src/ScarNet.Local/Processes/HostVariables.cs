namespace ScarNet.Local.Processes;

/// <summary>What a process of a user's keeps of the engine's own environment: where programs are, home, language.</summary>
internal static class HostVariables
{
    private static readonly string[] Names = ["PATH", "HOME", "LANG", "TMPDIR"];

    public static Dictionary<string, string> Read() => Names
        .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
        .Where(variable => variable.Value is not null)
        .ToDictionary(variable => variable.Name, variable => variable.Value!);
}
