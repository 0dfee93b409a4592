using ScarNet.Containers;

namespace ScarNet.Supervisor.Containers;

/// <summary>Containers of scripts whose supervisor was killed: nobody waits for them, and they take what others have reserved.</summary>
internal static class Orphans
{
    /// <summary>Removes those of this machine. One whose supervisor's container still runs is left alone.</summary>
    public static async Task Remove(Docker docker, Log log, CancellationToken cancellation)
    {
        var lives = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var container in await docker.List(ContainerLabels.Supervisor, cancellation))
        {
            var supervisor = container.Labels[ContainerLabels.Supervisor];
            if (!lives.TryGetValue(supervisor, out var alive))
            {
                lives[supervisor] = alive = supervisor.Length > 0 && await docker.FindContainer(supervisor, cancellation) is { Running: true };
            }

            if (!alive)
            {
                await docker.Remove(container.Id);
                log.Warn(
                    "container of a dead supervisor removed",
                    ("container", container.Id),
                    ("job", container.Labels.GetValueOrDefault(ContainerLabels.Job)),
                    ("supervisor", supervisor));
            }
        }
    }
}
