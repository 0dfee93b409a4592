using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Cli;

/// <summary>
/// The command line as people use it: testdata/cli/*.txt are sessions, and documentation too. With SCARNET_APPROVE=1 they are written
/// anew from what happened; look at the difference before you commit it.
/// </summary>
public sealed class SessionsAtTheShell : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();

    public static TheoryData<string> All =>
        [.. Directory.EnumerateFiles(Source, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Source => Path.Join(Repository.Root, "tests", "ScarNet.EndToEnd", "testdata", "cli");

    [Theory]
    [MemberData(nameof(All))]
    public async Task GoAsWritten(string session)
    {
        var file = Path.Join(Source, session + ".txt");
        var written = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        var happened = await Transcript.Replay(written, directory.FullName);

        if (Environment.GetEnvironmentVariable("SCARNET_APPROVE") == "1")
        {
            await File.WriteAllTextAsync(file, happened, TestContext.Current.CancellationToken);
        }
        else
        {
            Assert.Equal(written, happened);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A session that failed half-way may have left its engine running.
        await Command.Run(Repository.Launcher, ["local", "stop", "--data", directory.Under("work/.scarnet")]);
        directory.Dispose();
    }
}
