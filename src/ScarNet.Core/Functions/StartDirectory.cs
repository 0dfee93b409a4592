namespace ScarNet.Core.Functions;

/// <summary>Where a script starts.</summary>
public enum StartDirectory
{
    /// <summary>The run's own directory. The default.</summary>
    Workspace,

    /// <summary>The image's WORKDIR; without an image, where the supervisor was started.</summary>
    Image,
}
