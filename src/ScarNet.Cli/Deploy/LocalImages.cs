using ScarNet.Containers;
using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>Tells what an image says of itself; null when it is not known here.</summary>
public delegate Task<ImageConfig?> ImageLookup(string image, CancellationToken cancellation);

/// <summary>The images of this machine's Docker. Nothing is pulled for it.</summary>
internal static class LocalImages
{
    public static async Task<ImageConfig?> Find(string image, CancellationToken cancellation)
    {
        try
        {
            using var docker = Docker.FromEnvironment();
            return await docker.Probe(cancellation) is null ? await docker.FindImage(image, cancellation) : null;
        }
        catch (Exception e) when (e is ScarException or ContainerException or HttpRequestException)
        {
            return null; // a machine without Docker plans as well: what is not known is not said
        }
    }
}
