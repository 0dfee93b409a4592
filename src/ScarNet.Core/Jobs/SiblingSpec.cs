namespace ScarNet.Core.Jobs;

/// <summary>The container that a supervisor starts beside its own for the script.</summary>
/// <param name="Image">As <c>docker pull</c> takes it.</param>
/// <param name="Vcpus">Its share where the supervisor's own container does not tell.</param>
/// <param name="MemoryMiB">Its hard limit where the supervisor's own container does not tell.</param>
/// <param name="ReadOnlyRoot">Whether only its workspace is writable.</param>
public sealed record SiblingSpec(string Image, decimal Vcpus, int MemoryMiB, bool ReadOnlyRoot)
{
    /// <summary>What the supervisor's own container has beside the script's.</summary>
    public const int SupervisorMemoryMiB = 128;
}
