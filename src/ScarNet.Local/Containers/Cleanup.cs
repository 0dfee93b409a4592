using ScarNet.Containers;

namespace ScarNet.Local.Containers;

/// <summary>
/// Takes away what a run has left in Docker. A failure is told and not thrown: what it was for is over, and the next start of the engine tries
/// again (<see cref="EngineContainers.RemoveLeftovers"/>).
/// </summary>
internal static class Cleanup
{
    public static async Task Try(Func<Task> remove)
    {
        try
        {
            await remove();
        }
        catch (Exception e) when (IsOfDocker(e))
        {
            await Console.Error.WriteLineAsync($"scarnet: engine: what a run has left in Docker cannot be removed: {e.Message}; the next start of the engine tries again");
        }
    }

    /// <summary>What Docker answers, or that it answers no more.</summary>
    public static bool IsOfDocker(Exception e) => e is ContainerException or HttpRequestException or IOException;
}
