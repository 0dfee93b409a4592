using ScarNet.Cli.Local;
using ScarNet.Core;
using ScarNet.Local;

namespace ScarNet.Tests.Cli;

public sealed class ResettingTheEngine : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("scarnet-test-").FullName;

    private EngineProcess Engine => new(directory, TimeProvider.System);

    private string Database => Path.Join(directory, "scarnet.db");

    [Fact]
    public async Task LeavesAnEngineAloneThatIsJustStarting()
    {
        using var starting = DataDirectory.Take(directory);
        await File.WriteAllTextAsync(Database, "", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<ScarException>(() => Engine.Reset(TestContext.Current.CancellationToken));

        Assert.Equal($"the data directory '{directory}' is in use by the engine with pid {Environment.ProcessId}", refused.Message);
        Assert.True(File.Exists(Database));
    }

    [Fact]
    public async Task RemovesWhatAnEngineMadeAndNothingElse()
    {
        await File.WriteAllTextAsync(Database, "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Join(directory, "mine"), "", TestContext.Current.CancellationToken);

        Assert.True(await Engine.Reset(TestContext.Current.CancellationToken));

        Assert.Equal([Path.Join(directory, "mine")], Directory.GetFiles(directory));
        Assert.False(await Engine.Reset(TestContext.Current.CancellationToken));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
