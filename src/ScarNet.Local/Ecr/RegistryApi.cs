using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Ecr;

/// <summary>
/// The registry that images are pushed to and pulled from, as Docker does: the OCI distribution specification, with the login that
/// GetAuthorizationToken gives. Source: github.com/opencontainers/distribution-spec/blob/main/spec.md
/// </summary>
internal sealed partial class RegistryApi(EngineContext context, LayerFiles layers)
{
    public const string Prefix = "/v2/";

    private const int MostManifestBytes = 4 << 20;
    private const string Digest = "Docker-Content-Digest";
    private const string Octets = "application/octet-stream";

    /// <summary>User and password of the one login.</summary>
    public static string Login(EngineCredentials credentials) =>
        "AWS:" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(credentials.SecretKey), "registry"u8));

    public Task Handle(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        if (!IsAllowed(request.Headers.Authorization.ToString()))
        {
            response.Headers.WWWAuthenticate = "Basic realm=\"ecr\"";
            return Refuse(response, 401, "UNAUTHORIZED", "the login is not the one that 'aws ecr get-login-password' gives");
        }

        // Without the dots that the address may have had: it may lead elsewhere.
        var path = request.Path.Value!.StartsWith(Prefix, StringComparison.Ordinal) ? request.Path.Value[Prefix.Length..] : "..";
        if (path.Length == 0)
        {
            return Task.CompletedTask;
        }

        if (PathText().Match(path) is not { Success: true } parts)
        {
            return Refuse(response, 404, "NAME_INVALID", $"'{path}' is nothing of a registry");
        }

        var (name, rest) = (parts.Groups["name"].Value, parts.Groups["rest"].Value);
        if (context.Database.Read(db => ImageStore.Find(db, name)) is null)
        {
            return Refuse(response, 404, "NAME_UNKNOWN", $"there is no repository '{name}': 'aws ecr create-repository' makes one");
        }

        return (request.Method, parts.Groups["what"].Value) switch
        {
            ("GET" or "HEAD", "manifests") => SendManifest(http, name, rest),
            ("PUT", "manifests") => TakeManifest(http, name, rest),
            ("GET" or "HEAD", "blobs") => SendLayer(http, rest),
            ("POST", "blobs/uploads") => Begin(http, name),
            ("PATCH", "blobs/uploads") => Continue(http, name, rest),
            ("PUT", "blobs/uploads") => End(http, name, rest),
            ("GET", "tags") when rest == "list" => SendTags(http, name),
            _ => Refuse(response, 405, "UNSUPPORTED", $"{request.Method} {path}"),
        };
    }

    private bool IsAllowed(string authorization)
    {
        var wanted = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Login(context.Credentials)));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization), Encoding.UTF8.GetBytes(wanted));
    }

    private async Task SendManifest(HttpContext http, string name, string reference)
    {
        if (context.Database.Read(db => ImageStore.Image(db, name, reference)) is not { } image)
        {
            await Refuse(http.Response, 404, "MANIFEST_UNKNOWN", $"there is no image '{name}:{reference}'");
            return;
        }

        http.Response.ContentType = image.MediaType;
        http.Response.ContentLength = image.Manifest.Length;
        http.Response.Headers[Digest] = image.Digest;
        if (HttpMethods.IsGet(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(image.Manifest, http.RequestAborted);
        }
    }

    private async Task TakeManifest(HttpContext http, string name, string reference)
    {
        if (http.Request.ContentLength is not (> 0 and <= MostManifestBytes) || http.Request.ContentType is not { } type)
        {
            await Refuse(http.Response, 400, "MANIFEST_INVALID", $"a manifest has a Content-Type, and a Content-Length of at most {MostManifestBytes}");
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var manifest = body.ToArray();
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(manifest))}";
        if (LayerFiles.IsDigest(reference) && reference != digest)
        {
            await Refuse(http.Response, 400, "DIGEST_INVALID", $"the manifest is {digest}");
            return;
        }

        if (Missing(name, manifest) is { } missing)
        {
            await Refuse(http.Response, missing.Length == 0 ? 400 : 404, missing.Length == 0 ? "MANIFEST_INVALID" : "MANIFEST_BLOB_UNKNOWN", missing);
            return;
        }

        var image = new ImageRecord(digest, type, manifest, context.Settings.Clock.GetUtcNow().ToUnixTimeSeconds());
        await context.Database.Write(
            db =>
            {
                if (ImageStore.Find(db, name) is not null) // it may have gone meanwhile
                {
                    ImageStore.Put(db, name, image, LayerFiles.IsDigest(reference) ? null : reference);
                }
            },
            http.RequestAborted);
        http.Response.StatusCode = 201;
        http.Response.Headers[Digest] = digest;
        http.Response.Headers.Location = $"{Prefix}{name}/manifests/{digest}";
    }

    /// <returns>What the manifest names and nobody has pushed; empty when it is no manifest; null when all is there.</returns>
    private string? Missing(string name, byte[] manifest)
    {
        try
        {
            return LayerFiles.References(manifest).FirstOrDefault(
                digest => layers.Find(digest) is null && context.Database.Read(db => ImageStore.Image(db, name, digest)) is null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    private async Task SendLayer(HttpContext http, string digest)
    {
        if (layers.Find(digest) is not { } file)
        {
            await Refuse(http.Response, 404, "BLOB_UNKNOWN", $"there is no layer '{digest}'");
            return;
        }

        http.Response.ContentType = Octets;
        http.Response.ContentLength = new FileInfo(file).Length;
        http.Response.Headers[Digest] = digest;
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            layers.Keep(digest, context.Settings.Clock.GetUtcNow().UtcDateTime); // who pushes asks first, and does not send what is there
        }
        else
        {
            await http.Response.SendFileAsync(file, http.RequestAborted);
        }
    }

    private async Task Begin(HttpContext http, string name)
    {
        var id = layers.Begin();
        if (http.Request.Query["digest"].ToString() is { Length: > 0 })
        {
            await End(http, name, id);
            return;
        }

        Accept(http.Response, name, id, 0);
    }

    private async Task Continue(HttpContext http, string name, string id)
    {
        if (await layers.Append(id, http.Request.Body, http.RequestAborted) is { } length)
        {
            Accept(http.Response, name, id, length);
            return;
        }

        await Refuse(http.Response, 404, "BLOB_UPLOAD_UNKNOWN", $"there is no upload '{id}'");
    }

    private async Task End(HttpContext http, string name, string id)
    {
        var digest = http.Request.Query["digest"].ToString();
        if (await layers.Append(id, http.Request.Body, http.RequestAborted) is null)
        {
            await Refuse(http.Response, 404, "BLOB_UPLOAD_UNKNOWN", $"there is no upload '{id}'");
        }
        else if (!LayerFiles.IsDigest(digest) || !await layers.End(id, digest, http.RequestAborted))
        {
            await Refuse(http.Response, 400, "DIGEST_INVALID", $"what was sent is not '{digest}'");
        }
        else
        {
            http.Response.StatusCode = 201;
            http.Response.Headers[Digest] = digest;
            http.Response.Headers.Location = $"{Prefix}{name}/blobs/{digest}";
        }
    }

    private Task SendTags(HttpContext http, string name) => JsonOutput.Write(
        http,
        200,
        new JsonObject { ["name"] = name, ["tags"] = JsonOutput.Texts(context.Database.Read(db => ImageStore.Tags(db, name))) },
        JsonOutput.Rest);

    private static void Accept(HttpResponse response, string name, string id, long length)
    {
        response.StatusCode = 202;
        response.Headers.Location = $"{Prefix}{name}/blobs/uploads/{id}";
        response.Headers.Range = string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(0, length - 1)}");
        response.Headers["Docker-Upload-UUID"] = id;
    }

    private static Task Refuse(HttpResponse response, int status, string code, string message) => JsonOutput.Write(
        response.HttpContext,
        status,
        new JsonObject { ["errors"] = JsonOutput.List([new JsonObject { ["code"] = code, ["message"] = message }]) },
        JsonOutput.Rest);

    [GeneratedRegex("^(?<name>[a-z0-9._/-]+)/(?:(?<what>blobs/uploads)/(?<rest>[0-9a-f]*)|(?<what>manifests|blobs|tags)/(?<rest>[A-Za-z0-9_.:-]+))$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathText();
}
