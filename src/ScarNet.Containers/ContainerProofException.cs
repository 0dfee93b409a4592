namespace ScarNet.Containers;

/// <summary>A container does not see the file it should see: a mount is not the directory it should be. It was not started.</summary>
/// <param name="path">The file's path in the container.</param>
#pragma warning disable CA1032 // it always says which file
public sealed class ContainerProofException(string path) : Exception($"the container does not see '{path}'")
{
    public string Path => path;
}
