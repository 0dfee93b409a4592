using System.Security.Cryptography;
using System.Text;
using ScarNet.Containers;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Containers;

/// <summary>A file of a workspace with a word that nobody else knows: a container that reads it has the very same directory.</summary>
internal static class Canary
{
    private const int Characters = 32;

    /// <exception cref="RunFailure">The disk is full.</exception>
    public static ContainerProof Write(Workspace place)
    {
        var file = Path.Combine(place.Temporary, ".canary");
        return Write(file, file);
    }

    /// <param name="file">Where to write it.</param>
    /// <param name="path">The same file in the container.</param>
    /// <exception cref="RunFailure">The disk is full.</exception>
    public static ContainerProof Write(string file, string path)
    {
        var word = RandomNumberGenerator.GetHexString(Characters);
        try
        {
            File.WriteAllText(file, word);
        }
        catch (IOException e)
        {
            throw Disks.Failure("no file can be put into the workspace", file, e);
        }

        return new(path, Encoding.ASCII.GetBytes(word));
    }
}
