using ScarNet.Core;

namespace ScarNet.Cli.Local;

/// <summary>Starting an engine on a directory is done by one process at a time; the kernel frees the turn when its holder dies.</summary>
internal static class StartTurn
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<IDisposable> Take(string dataDirectory, TimeProvider clock, TimeSpan longest, CancellationToken cancellation)
    {
        var file = Path.Join(dataDirectory, "start.lock");
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                // Whoever had the turn may have removed it.
                Directory.CreateDirectory(dataDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.GetElapsedTime(started) < longest)
            {
                await Task.Delay(Pause, clock, cancellation);
            }
            catch (IOException e)
            {
                throw new ScarException($"another command has been starting the engine of '{dataDirectory}' for too long", e);
            }
        }
    }
}
