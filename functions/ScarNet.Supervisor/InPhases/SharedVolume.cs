using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.InPhases;

/// <summary>The volume that the containers of a task share: the supervisor, the workspace, and what the phases tell each other.</summary>
/// <param name="root">Where it is mounted.</param>
internal sealed class SharedVolume(string root)
{
    private const UnixFileMode Program = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode Everybody = Program | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public Workspace Place { get; } = new(Path.Combine(root, "work"));

    private string HandedFile => Path.Combine(root, "handed.json");

    private string CallFile => Path.Combine(root, "call.json");

    // In a directory of its own, which the image's user may write to.
    private string EndFile => Path.Combine(root, "end", "end.json");

    /// <summary>Puts the supervisor and an empty workspace there. What an earlier attempt left goes: a volume may outlive it.</summary>
    public void Prepare(string supervisor)
    {
        Directory.CreateDirectory(root);
        File.Delete(HandedFile);
        File.Delete(CallFile);
        foreach (var directory in ((string[])[Place.Root, Path.GetDirectoryName(EndFile)!]).Where(Directory.Exists))
        {
            Posix.Tree.Remove(directory);
        }

        foreach (var directory in (string[])[.. Place.Directories, Path.GetDirectoryName(EndFile)!])
        {
            Directory.CreateDirectory(directory);
        }

        File.SetUnixFileMode(Path.GetDirectoryName(EndFile)!, Everybody);
        File.Copy(supervisor, Path.Combine(root, "supervisor"), overwrite: true);
        File.SetUnixFileMode(Path.Combine(root, "supervisor"), Program);
    }

    public void Hand(Handed handed) => Write(HandedFile, handed, SupervisorJson.Default.Handed);

    public void Hand(HandedCall call) => Write(CallFile, call, SupervisorJson.Default.HandedCall);

    public void Hand(HandedEnd end) => Write(EndFile, end, SupervisorJson.Default.HandedEnd);

    /// <summary>Null when there is nothing to run.</summary>
    public HandedCall? Call() => Read(CallFile, SupervisorJson.Default.HandedCall);

    /// <summary>Null when the script's container was killed before it could tell.</summary>
    public HandedEnd? End() => Read(EndFile, SupervisorJson.Default.HandedEnd);

    /// <exception cref="RunFailure">Stage-in told nothing.</exception>
    public Handed Taken() => Read(HandedFile, SupervisorJson.Default.Handed)
        ?? throw new RunFailure(ExitCodes.Bug, $"'{Phases.StageIn}' left nothing at '{HandedFile}': do all containers of the task mount the same volume?");

    // Renamed into place: what is there is whole.
    private static void Write<T>(string file, T content, JsonTypeInfo<T> shape)
    {
        File.WriteAllBytes(file + ".part", JsonSerializer.SerializeToUtf8Bytes(content, shape));
        File.Move(file + ".part", file, overwrite: true);
    }

    private static T? Read<T>(string file, JsonTypeInfo<T> shape)
        where T : class => File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), shape) : null;
}
