using Amazon.S3;
using ScarNet.Local;

namespace ScarNet.EndToEnd.Support;

/// <summary>An engine of its own in a new directory, and the real clients that talk with it. Share it by <c>IClassFixture</c>.</summary>
public class EngineFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private Engine? engine;

    public Engine Engine => engine ?? throw new InvalidOperationException("the engine is not started yet");

    /// <summary>For the test's files; removed with the engine.</summary>
    public string Files => directory.Under("files");

    public string DataDirectory => directory.Under("data");

    /// <summary>What a client needs to reach the engine and nothing else of this machine's AWS settings.</summary>
    public IReadOnlyDictionary<string, string> ClientEnvironment => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = Engine.Endpoint.GetLeftPart(UriPartial.Authority),
        ["AWS_ACCESS_KEY_ID"] = Engine.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = Engine.SecretKey,
        ["AWS_REGION"] = Engine.Region,
        ["AWS_DEFAULT_REGION"] = Engine.Region,
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_PAGER"] = "",
    };

    /// <summary>AWS's own client of the engine's S3. Dispose it.</summary>
    public AmazonS3Client NewS3(Action<AmazonS3Config>? change = null)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = Engine.Endpoint.GetLeftPart(UriPartial.Authority),
            AuthenticationRegion = Engine.Region,
            ForcePathStyle = true,
            MaxErrorRetry = 0,
        };
        change?.Invoke(config);
        return new AmazonS3Client(Engine.AccessKey, Engine.SecretKey, config);
    }

    protected virtual EngineSettings Settings => new() { DataDirectory = DataDirectory };

    public virtual async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Files);
        engine = await Engine.Start(Settings, TestContext.Current.CancellationToken);
    }

    /// <summary>Stops the engine and starts it again on the same directory.</summary>
    public async Task Restart()
    {
        await Engine.DisposeAsync();
        engine = await Engine.Start(Settings, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs Debian's <c>aws</c> (2.9 knows no AWS_ENDPOINT_URL, so the endpoint is an option) and expects success.</summary>
    /// <returns>Its standard output.</returns>
    public async Task<string> Aws(params string[] arguments)
    {
        var result = await TryAws(arguments);
        Assert.True(result.ExitCode == 0, $"aws {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Error}\n{result.Output}");
        return result.Output;
    }

    /// <summary>Runs Debian's <c>aws</c> and tells how it ended.</summary>
    public Task<CommandResult> TryAws(params string[] arguments) =>
        WarmAws.Run(["--endpoint-url", Engine.Endpoint.GetLeftPart(UriPartial.Authority), .. arguments], ClientEnvironment, Files);

    /// <summary>Writes a file for a test and returns its path.</summary>
    public string WriteFile(string name, string content) => WriteFile(name, System.Text.Encoding.UTF8.GetBytes(content));

    /// <inheritdoc cref="WriteFile(string, string)"/>
    public string WriteFile(string name, byte[] content)
    {
        var path = Path.Join(Files, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (engine is not null)
        {
            await engine.DisposeAsync();
        }

        directory.Dispose();
        GC.SuppressFinalize(this);
    }
}
