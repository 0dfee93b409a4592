using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ScarNet.EndToEnd.Support;

/// <summary>A container registry (OCI distribution) that images can be pushed to, with one login. It keeps everything in memory.</summary>
public sealed class ImageRegistry : IDisposable
{
    private const string Login = "AWS:letmein";

    private readonly HttpListener listener = new();
    private readonly ConcurrentDictionary<string, byte[]> blobs = new();
    private readonly ConcurrentDictionary<string, (string Type, byte[] Content)> manifests = new();
    private readonly ConcurrentDictionary<string, MemoryStream> uploads = new();

    public ImageRegistry()
    {
        using (var port = new TcpListener(IPAddress.Loopback, 0))
        {
            port.Start();
            Host = $"127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}";
        }

        listener.Prefixes.Add($"http://{Host}/");
        listener.Start();
        _ = Serve();
    }

    /// <summary>Address and port, as images are named by.</summary>
    public string Host { get; }

    /// <summary>Is told name:tag of every image that arrives.</summary>
    public Action<string> Pushed { get; set; } = _ => { };

    /// <summary>Base64 of user and password.</summary>
    public static string Token => Convert.ToBase64String(Encoding.UTF8.GetBytes(Login));

    /// <summary>name:tag of every image.</summary>
    public IEnumerable<string> Images => manifests.Keys.Where(name => !name.Contains("sha256", StringComparison.Ordinal));

    public void Remove(string repository)
    {
        foreach (var name in manifests.Keys.Where(name => name.StartsWith(repository + ":", StringComparison.Ordinal)))
        {
            manifests.TryRemove(name, out _);
        }
    }

    /// <summary>What an image says of how it is started.</summary>
    public JsonNode Configuration(string image)
    {
        var manifest = JsonNode.Parse(manifests[image].Content)!;
        return JsonNode.Parse(blobs[(string)manifest["config"]!["digest"]!])!["config"]!;
    }

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                _ = Answer(await listener.GetContextAsync());
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It was disposed of.
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        if (request.Headers["Authorization"] != $"Basic {Token}")
        {
            response.Headers["WWW-Authenticate"] = "Basic realm=\"test\"";
            response.StatusCode = 401;
        }
        else
        {
            response.StatusCode = Handle(request, response, body.ToArray());
        }

        response.Close();
    }

    private int Handle(HttpListenerRequest request, HttpListenerResponse response, byte[] body)
    {
        var path = request.Url!.AbsolutePath["/v2/".Length..];
        var part = path.Contains("/manifests/", StringComparison.Ordinal) ? "/manifests/" : "/blobs/";
        var (name, reference) = path.Split(part) is [var before, var after] ? (before, after) : ("", "");
        switch (request.HttpMethod, part)
        {
            case ("GET", _) when path.Length == 0:
                return 200;
            case ("HEAD", "/blobs/"):
                response.ContentLength64 = blobs.TryGetValue(reference, out var blob) ? blob.Length : 0;
                return blob is null ? 404 : 200;
            case ("POST", "/blobs/"):
                return Began(response, name, Guid.NewGuid().ToString("n"));
            case ("PATCH", "/blobs/"):
                uploads[reference["uploads/".Length..]].Write(body);
                return Began(response, name, reference["uploads/".Length..]);
            case ("PUT", "/blobs/"):
                uploads[reference["uploads/".Length..]].Write(body);
                return Ended(request.QueryString["digest"]!, uploads[reference["uploads/".Length..]].ToArray(), response);
            case ("PUT", "/manifests/"):
                var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(body))}";
                manifests[$"{name}:{reference}"] = manifests[$"{name}@{digest}"] = (request.ContentType!, body);
                response.Headers["Docker-Content-Digest"] = digest;
                Pushed($"{name}:{reference}");
                return 201;
            case ("HEAD", "/manifests/") when manifests.TryGetValue($"{name}{(reference.StartsWith("sha256:", StringComparison.Ordinal) ? '@' : ':')}{reference}", out var found):
                response.ContentType = found.Type;
                response.ContentLength64 = found.Content.Length;
                return 200;
            default:
                return 404;
        }
    }

    private int Began(HttpListenerResponse response, string name, string id)
    {
        var upload = uploads.GetOrAdd(id, _ => new());
        response.Headers["Location"] = $"http://{Host}/v2/{name}/blobs/uploads/{id}";
        response.Headers["Range"] = $"0-{Math.Max(0, upload.Length - 1)}";
        return 202;
    }

    private int Ended(string digest, byte[] content, HttpListenerResponse response)
    {
        if (digest != $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}")
        {
            return 400;
        }

        blobs[digest] = content;
        response.Headers["Docker-Content-Digest"] = digest;
        return 201;
    }
}
