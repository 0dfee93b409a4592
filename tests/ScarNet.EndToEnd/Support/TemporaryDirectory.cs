namespace ScarNet.EndToEnd.Support;

/// <summary>A new directory that is removed with all that is in it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("scarnet-test-").FullName;

    public string Under(string name) => Path.Join(FullName, name);

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
