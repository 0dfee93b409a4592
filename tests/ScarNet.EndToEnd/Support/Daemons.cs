namespace ScarNet.EndToEnd.Support;

/// <summary>
/// Tests of containers run twice: with Docker, and with Podman's Docker-compatible API. What Podman 4 does otherwise carries this trait: it
/// makes directories that should be mounted and are missing, its init process ends with 1 when the program is missing, and where the
/// kernel still has the first version of cgroups it does not tell that memory ran out, nor runs <c>docker top</c>.
/// </summary>
internal static class Daemons
{
    public const string Trait = "Daemon";

    public const string DockerOnly = "Docker";
}
