namespace ScarNet.Containers;

/// <summary>What an image says of itself.</summary>
/// <param name="Id">Its digest, <c>sha256:…</c>.</param>
/// <param name="Entrypoint">Empty when it has none.</param>
/// <param name="User">Empty is root.</param>
/// <param name="WorkingDirectory">Empty is the root.</param>
public sealed record ImageConfig(string Id, IReadOnlyList<string> Entrypoint, string User, string WorkingDirectory)
{
    /// <summary>Whether its programs run as root unless told otherwise.</summary>
    public bool RunsAsRoot => User.Split(':')[0] is "" or "root" or "0";
}
