using System.Diagnostics;
using ScarNet.Containers;
using ScarNet.EndToEnd.Support;
using ScarNet.Local.Containers;

[assembly: AssemblyFixture(typeof(DockerFixture))]

namespace ScarNet.EndToEnd.Support;

/// <summary>
/// A Docker daemon that answers: the machine's own, else one that this test run starts and stops. Nothing happens before
/// <see cref="Ready"/> is first called. Take it as a constructor argument.
/// </summary>
public sealed class DockerFixture : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Lazy<Task> ready;
    private readonly Lazy<Task<string>> busybox;
    private readonly List<string> images = [];
    private Process? daemon;
    private string? directory;

    public DockerFixture()
    {
        ready = new Lazy<Task>(StartWhenNoneAnswers);
        busybox = new Lazy<Task<string>>(MakeBusybox);
    }

    /// <summary>The daemon answers, and DOCKER_HOST of this process points to it when it is not at the usual place.</summary>
    public Task Ready() => ready.Value;

    /// <summary>An image with Debian's static busybox under every name it knows, and nothing else.</summary>
    public Task<string> Busybox() => busybox.Value;

    /// <summary>Imports a root file system as an image that this run removes at its end.</summary>
    /// <param name="tar">An uncompressed tar archive.</param>
    /// <param name="name">Repository name; the tag is this run's own.</param>
    /// <param name="changes">Dockerfile instructions such as <c>ENTRYPOINT ["/x"]</c>.</param>
    public async Task<string> Import(byte[] tar, string name, params string[] changes)
    {
        await Ready();
        var image = $"scarnet-test/{name}:{Guid.NewGuid():N}";
        var arguments = new List<string> { "import" };
        arguments.AddRange(changes.SelectMany(change => new[] { "--change", change }));
        arguments.AddRange(["-", image]);
        var id = await Run(arguments, tar);
        await Run(["tag", id[..("sha256:".Length + 64)], image]); // Podman before 5 forgets the name
        lock (images)
        {
            images.Add(image);
        }

        return image;
    }

    /// <summary>Runs the docker command; fails the test when it fails.</summary>
    /// <returns>Its standard output.</returns>
    public static async Task<string> Run(IReadOnlyList<string> arguments, byte[]? input = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var start = new ProcessStartInfo("docker", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.StandardInput.BaseStream.WriteAsync(input ?? [], limit.Token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"docker {string.Join(' ', arguments)}: {await error}");
        return await output;
    }

    public async ValueTask DisposeAsync()
    {
        if (daemon is null)
        {
            foreach (var image in images)
            {
                await Run(["rmi", "--force", image]);
            }

            return;
        }

        using (var kill = Process.Start("kill", ["-TERM", daemon.Id.ToString()]))
        {
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(StartLimit);
        await daemon.WaitForExitAsync(limit.Token);
        daemon.Dispose();
        Directory.Delete(directory!, recursive: true);
    }

    private async Task StartWhenNoneAnswers()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        if (await Answers(limit.Token))
        {
            return;
        }

        directory = Directory.CreateTempSubdirectory("scarnet-docker-").FullName;
        var socket = Path.Combine(directory, "docker.sock");
        // Nothing of the machine's network is touched: the engine's containers use the host's.
        daemon = Process.Start(new ProcessStartInfo("dockerd",
        [
            "--host", $"unix://{socket}", "--data-root", Path.Combine(directory, "data"), "--exec-root", Path.Combine(directory, "exec"),
            "--pidfile", Path.Combine(directory, "pid"), "--bridge", "none", "--iptables=false", "--ip6tables=false", "--log-level", "error",
        ]));
        Environment.SetEnvironmentVariable("DOCKER_HOST", $"unix://{socket}");
        while (!await Answers(limit.Token))
        {
            Assert.False(daemon!.HasExited, "dockerd ended at its start: is it installed (docker.io), are you root?");
            await Task.Delay(100, limit.Token);
        }
    }

    private static async Task<bool> Answers(CancellationToken cancellation)
    {
        using var docker = Docker.FromEnvironment();
        return await docker.Probe(cancellation) is null;
    }

    private async Task<string> MakeBusybox() => await Import(await BusyboxImage.Tar(), "busybox");
}
