using System.Formats.Tar;
using System.Net;
using System.Text;

namespace ScarNet.Containers;

/// <summary>Makes images that are another image with a program of ours as their entry, and sends them to registries. Thread-safe.</summary>
internal sealed class ImageBuilds(DockerApi api, DockerImages images)
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PushLimit = TimeSpan.FromHours(1);

    /// <summary>Makes an image; layers of the other one are shared, not copied.</summary>
    /// <param name="from">The image that it is made from; pulled when it is not here.</param>
    /// <param name="program">Path on this machine.</param>
    /// <param name="entry">Absolute path in the image where the program goes, and which the image starts.</param>
    /// <param name="image">repository:tag</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="ContainerException">Docker does not make it.</exception>
    public async Task Derive(string from, string program, string entry, string image, CancellationToken cancellation)
    {
        await images.Ensure(from, cancellation);
        var found = await images.Find(from, cancellation) ?? throw ContainerException.Pull(from, "it is gone again");
        using var context = await Context(found.Id, program, entry, cancellation);
        // By its id: a name would be read as a Dockerfile's word, with variables in it.
        var answer = await api.Send($"build?t={Uri.EscapeDataString(image)}&q=1&forcerm=1&labels=%7B%7D", context, BuildLimit, cancellation);
        var errors = DockerImages.Errors(answer.Body);
        if (!answer.Ok || errors.Count > 0)
        {
            throw new ContainerException($"Docker does not make an image from '{from}': {(errors.Count > 0 ? errors[0] : answer.Message)}");
        }
    }

    /// <summary>Sends an image to its registry.</summary>
    /// <param name="repository">Registry and name.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="login">Base64 of <c>user:password</c>.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="ContainerException">The registry does not take it.</exception>
    public async Task Push(string repository, string tag, string login, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(PushLimit);
        try
        {
            using var response = await api.Open(
                HttpMethod.Post, $"images/{repository}/push?tag={Uri.EscapeDataString(tag)}", RegistryLogins.Header(login, RegistryLogins.RegistryOf(repository)), deadline.Token);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(deadline.Token));
            while (await reader.ReadLineAsync(deadline.Token) is { } line)
            {
                if (DockerImages.ErrorIn(line, response.IsSuccessStatusCode) is { } error)
                {
                    throw new ContainerException($"image '{repository}:{tag}' cannot be pushed: {error}");
                }
            }
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ContainerException($"image '{repository}:{tag}' was not pushed within {PushLimit.TotalMinutes:0} minutes", e);
        }
    }

    private static async Task<MemoryStream> Context(string from, string program, string entry, CancellationToken cancellation)
    {
        var context = new MemoryStream();
        await using (var tar = new TarWriter(context, TarEntryFormat.Pax, leaveOpen: true))
        {
            await using var file = File.OpenRead(program);
            await tar.WriteEntryAsync(
                Entry("program", file, UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute), cancellation);
            var lines = $"FROM {from}\nCOPY program {entry}\nENTRYPOINT [\"{entry}\"]\nCMD []\n";
            await tar.WriteEntryAsync(Entry("Dockerfile", new MemoryStream(Encoding.UTF8.GetBytes(lines)), UnixFileMode.None), cancellation);
        }

        context.Position = 0;
        return context;
    }

    // Always the same time: the layer then has always the same digest, and a registry takes it once.
    private static PaxTarEntry Entry(string name, Stream content, UnixFileMode more) => new(TarEntryType.RegularFile, name)
    {
        DataStream = content,
        Mode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | more,
        ModificationTime = DateTimeOffset.UnixEpoch,
    };
}
