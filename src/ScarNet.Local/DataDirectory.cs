using System.Globalization;
using System.Text;
using System.Text.Json;
using ScarNet.Core;

namespace ScarNet.Local;

/// <summary>An engine's directory, held exclusively until disposed. The kernel frees it when the engine dies.</summary>
public sealed class DataDirectory : IDisposable
{
    private const string PidFile = "engine.pid";
    private const int WouldBlock = 11; // EWOULDBLOCK of flock

    private readonly FileStream lockFile;

    private DataDirectory(string path, FileStream lockFile)
    {
        Path = path;
        this.lockFile = lockFile;
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    public string CredentialsFile => Under("credentials.json");

    public string AddressFile => Under("engine.json");

    public string DatabaseFile => Under("scarnet.db");

    public string Blobs => Under("blobs");

    /// <summary>Takes the directory, making it (mode 0700) when it is missing.</summary>
    /// <exception cref="ScarException">Another engine has it: the message names its pid.</exception>
    public static DataDirectory Take(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = System.IO.Path.Join(full, "engine.lock");
        try
        {
            var held = Open(file, FileAccess.ReadWrite, FileShare.None); // FileShare.None is an exclusive flock
            var directory = new DataDirectory(full, held);
            var pid = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            directory.WritePrivate(directory.Under(PidFile), Encoding.ASCII.GetBytes(pid));
            return directory;
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            throw new ScarException(
                $"the data directory '{full}' is in use by the engine with pid {Holder(full)}",
                $"stop it with 'scarnet local stop --data {path}', or take another directory");
        }
    }

    /// <summary>The engine that runs on a directory, as far as its address file tells; null when there is none.</summary>
    public static EngineAddress? ReadAddress(string path)
    {
        var file = System.IO.Path.Join(path, "engine.json");
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), EngineJson.Default.EngineAddress) : null;
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Path of something in the directory. The names are the engine's own, never a user's.</summary>
    public string Under(string name) => System.IO.Path.Join(Path, name);

    /// <summary>Replaces a file that only its owner may read (0600), in one step.</summary>
    public void WritePrivate(string file, ReadOnlySpan<byte> content)
    {
        var next = file + ".new";
        File.Delete(next);
        using (var stream = Open(next, FileAccess.Write, FileShare.Read))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, file, overwrite: true);
    }

    public void Dispose() => lockFile.Dispose();

    private static FileStream Open(string file, FileAccess access, FileShare share) =>
        new(file, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = access,
            Share = share,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });

    private static string Holder(string path)
    {
        var file = System.IO.Path.Join(path, PidFile);
        return File.Exists(file) ? File.ReadAllText(file) : "(just starting)";
    }
}
