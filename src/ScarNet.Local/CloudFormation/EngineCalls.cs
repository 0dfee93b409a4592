using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ScarNet.Local.Http;
using ScarNet.Local.Http.Payloads;
using ScarNet.Local.Http.Signing;

namespace ScarNet.Local.CloudFormation;

/// <summary>Calls of the engine's own services, as a client makes them, without a wire: what CloudFormation does on behalf of its caller.</summary>
internal sealed class EngineCalls(Func<string, ServiceEntry> services, string region)
{
    /// <summary>REST-JSON: Lambda and Batch.</summary>
    /// <returns>Null where the answer has no body.</returns>
    /// <exception cref="ApiException">The service refused it.</exception>
    public async Task<JsonNode?> Json(string service, string method, string path, JsonNode? body, CancellationToken cancellation)
    {
        var answer = await Send(service, method, path, body?.ToJsonString() ?? "", null, cancellation);
        return answer.Length == 0 ? null : JsonNode.Parse(answer);
    }

    /// <summary>JSON 1.1: Logs.</summary>
    public Task Target(string service, string target, JsonNode body, CancellationToken cancellation) =>
        Send(service, "POST", "/", body.ToJsonString(), target, cancellation);

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

    private async Task<string> Send(string service, string method, string path, string body, string? target, CancellationToken cancellation)
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

        RequestTarget.Of(context, null);
        context.Features.Set(new SignedRequest("", new CredentialScope("00000000", region, service), "", "", [], PayloadWords.Unsigned));
        await services(service).Handle(context);
        return Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
    }
}
