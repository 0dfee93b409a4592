using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Access;
using ScarNet.Local.Http;
using ScarNet.Local.Http.Payloads;
using ScarNet.Local.Http.Signing;

namespace ScarNet.Local.CloudFormation;

/// <summary>
/// Calls of the engine's own services, as a client makes them, without a wire: what CloudFormation does on behalf of its caller, and only
/// what the caller's role may do.
/// </summary>
/// <param name="services">The engine's, by scope.</param>
/// <param name="authorization">What a role may do.</param>
/// <param name="settings">The engine's.</param>
/// <param name="session">The role that asks; null for the engine's own keys, which may do everything.</param>
internal sealed class EngineCalls(Func<string, ServiceEntry> services, Authorization authorization, EngineSettings settings, RoleSession? session = null)
{
    private const int DiskFull = 13; // SQLITE_FULL
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);

    /// <summary>The same calls with another's rights.</summary>
    public EngineCalls As(RoleSession? caller) => new(services, authorization, settings, caller);

    /// <summary>REST-JSON: Lambda and Batch.</summary>
    /// <returns>Null where the answer has no body.</returns>
    /// <exception cref="ApiException">The service refused it.</exception>
    public async Task<JsonNode?> Json(string service, string method, string path, JsonNode? body, CancellationToken cancellation)
    {
        var answer = await Send(service, method, path, body?.ToJsonString() ?? "", null, cancellation);
        return answer.Length == 0 ? null : JsonNode.Parse(answer);
    }

    /// <summary>JSON 1.1: Logs and EventBridge.</summary>
    /// <returns>Null where the answer has no body.</returns>
    /// <exception cref="ApiException">The service refused it.</exception>
    public async Task<JsonNode?> Target(string service, string target, JsonNode body, CancellationToken cancellation)
    {
        var answer = await Send(service, "POST", "/", body.ToJsonString(), target, cancellation);
        return answer.Length == 0 ? null : JsonNode.Parse(answer);
    }

    /// <summary>The query protocol: IAM.</summary>
    public async Task<XElement> Query(string service, string action, IEnumerable<(string Name, string? Value)> members, CancellationToken cancellation)
    {
        var form = members.Where(member => member.Value is not null).Prepend(("Action", action))
            .Select(member => $"{Uri.EscapeDataString(member.Item1)}={Uri.EscapeDataString(member.Item2!)}");
        return XElement.Parse(await Send(service, "POST", "/", string.Join('&', form), null, cancellation));
    }

    /// <summary>S3.</summary>
    public Task S3(string method, string path, XElement? body, CancellationToken cancellation) =>
        Send("s3", method, path, body?.ToString(SaveOptions.DisableFormatting) ?? "", null, cancellation);

    /// <summary>Whether a bucket is there.</summary>
    public Task<bool> HasBucket(string bucket, CancellationToken cancellation) =>
        Exists(() => S3("HEAD", $"/{Uri.EscapeDataString(bucket)}", null, cancellation));

    /// <summary>Whether what a call asks for is there.</summary>
    /// <param name="look">Fails with 404, or an error that says NotFound or Nonexistent, when it is not.</param>
    public static async Task<bool> Exists(Func<Task> look)
    {
        try
        {
            await look();
            return true;
        }
        catch (ApiException e) when (IsMissing(e))
        {
            return false;
        }
    }

    /// <summary>Whether a call failed because what it is about is not there.</summary>
    public static bool IsMissing(ApiException e) => e.Status == 404
        || e.Code.Contains("NotFound", StringComparison.Ordinal) || e.Code.Contains("NonExistent", StringComparison.Ordinal)
        || e.Message.Contains("does not exist", StringComparison.Ordinal);

    /// <summary>A full disk is waited for: what met it has written nothing.</summary>
    private async Task<string> Send(string service, string method, string path, string body, string? target, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await SendOnce(service, method, path, body, target, cancellation);
            }
            catch (SqliteException e) when (e.SqliteErrorCode == DiskFull)
            {
                await Console.Error.WriteLineAsync($"scarnet: engine: a resource of a stack has to wait: {e.Message}; trying again");
                await Task.Delay(pause, settings.Clock, cancellation);
            }
        }
    }

    private async Task<string> SendOnce(string service, string method, string path, string body, string? target, CancellationToken cancellation)
    {
        var (bytes, answer) = (Encoding.UTF8.GetBytes(body), new MemoryStream());
        var context = new DefaultHttpContext { RequestAborted = cancellation };
        context.Request.Method = method;
        context.Request.Body = new MemoryStream(bytes, writable: false);
        context.Request.ContentLength = bytes.Length;
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = path;
        context.Response.Body = answer;
        if (target is not null)
        {
            context.Request.Headers["X-Amz-Target"] = target;
        }

        var entry = services(service);
        context.Features.Set(new SignedRequest("", new CredentialScope("00000000", settings.Region, service), "", "", [], PayloadWords.Unsigned, session));
        authorization.Admit(context, RequestTarget.Of(context, null), service, target is null ? entry.Protocol : Protocol.Json);
        await entry.Handle(context);
        return Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
    }
}
