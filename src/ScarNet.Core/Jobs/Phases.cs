namespace ScarNet.Core.Jobs;

/// <summary>
/// The parts of a run whose containers follow each other in one task, and the volume that they share. Each phase is an argument of the
/// supervisor.
/// </summary>
public static class Phases
{
    /// <summary>Claims, downloads, and puts the supervisor on the volume. Also the name of its container.</summary>
    public const string StageIn = "stage-in";

    /// <summary>Runs the script in the user's image.</summary>
    public const string RunScript = "run-script";

    /// <summary>Uploads, records, and ends with the script's exit code. Also the name of its container.</summary>
    public const string StageOut = "stage-out";

    /// <summary>Does nothing: a job that only waits for others.</summary>
    public const string Join = "join";

    /// <summary>Name of the user's container.</summary>
    public const string ScriptContainer = "script";

    /// <summary>Where the volume is in each container.</summary>
    public const string SharedDirectory = "/scarnet";

    /// <summary>The supervisor on the volume.</summary>
    public const string SharedSupervisor = "/scarnet/supervisor";
}
