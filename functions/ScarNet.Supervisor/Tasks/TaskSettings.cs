namespace ScarNet.Supervisor.Tasks;

/// <summary>How a task is carried out on this machine.</summary>
/// <param name="Workspace">Its directory, which only this user may enter.</param>
/// <param name="ReadOnlyRoot">Whether containers can write to shared places only.</param>
/// <param name="Output">Takes the executors' standard output, byte for byte.</param>
/// <param name="Error">Takes their standard error.</param>
internal sealed record TaskSettings(string Workspace, bool ReadOnlyRoot, Stream Output, Stream Error);
