namespace ScarNet.Core.Functions;

/// <summary>How the supervisor and a function's image come together in a Batch job.</summary>
public enum LaunchMode
{
    /// <summary>Chosen by the image and the machines: see <see cref="Launching"/>.</summary>
    Auto,

    /// <summary>The supervisor is mounted into the image and is the container's command. An ENTRYPOINT of the image would come before it.</summary>
    Mounted,

    /// <summary>The supervisor has a container of its own and starts the image in another one, through Docker's socket of the machine.</summary>
    Sibling,

    /// <summary>Three containers of one task, one after another on a shared volume: stage in, the image, stage out. No socket is needed.</summary>
    Multi,
}
