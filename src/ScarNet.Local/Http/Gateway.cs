using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ScarNet.Local.Access;
using ScarNet.Local.Http.Signing;

namespace ScarNet.Local.Http;

/// <summary>
/// The way in: checks the Host header, the signature and what a role allows, then hands the request to the service that it was signed for.
/// </summary>
internal sealed class Gateway(
    int port, SignatureVerifier verifier, Authorization authorization, IEnumerable<ServiceEntry> services, IEnumerable<UnsignedRoute> unsigned, Action<string> warn)
{
    private readonly FrozenDictionary<string, ServiceEntry> services = services.ToFrozenDictionary(s => s.Scope, StringComparer.Ordinal);
    private readonly UnsignedRoute[] unsigned = [.. unsigned];

    public async Task Handle(HttpContext context)
    {
        var protocol = Protocol.S3; // what an unsigned or unreadable request most likely is
        try
        {
            if (!HostCheck.IsOurs(context.Request.Host, port, out var bucket))
            {
                throw Refusal.Host(context.Request.Host.Value, port);
            }

            var target = RequestTarget.Of(context, bucket);
            if (RouteOf(target) is { } route)
            {
                protocol = Protocol.Json;
                await route.Handle(context);
                return;
            }

            var claim = SignatureClaim.Of(context.Request, target);
            protocol = services.TryGetValue(claim.Scope.Service, out var service) && !(service.Protocol == Protocol.Query && context.Request.Headers.ContainsKey("X-Amz-Target"))
                ? service.Protocol
                : Protocol.Json;
            var signed = await verifier.Verify(context, target, claim, protocol);
            context.Features.Set(signed);
            var entry = service ?? throw Refusal.UnknownService(claim.Scope.Service);
            authorization.Admit(context, target, entry.Scope, protocol);
            await entry.Handle(context);
        }
        catch (ApiException e)
        {
            await Answer(context, protocol, e);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested || e is BadHttpRequestException)
        {
            context.Abort(); // the client went away, or broke off its body
        }
        catch (Exception e)
        {
            warn($"{context.Request.Method} {context.Features.Get<IHttpRequestFeature>()?.RawTarget}: {e}");
            await Answer(context, protocol, new ApiException(500, "InternalError", $"The engine failed: {e.Message}"));
        }
    }

    private static async Task Answer(HttpContext context, Protocol protocol, ApiException error)
    {
        if (context.Response.HasStarted)
        {
            context.Abort(); // too late to say anything else: the client sees a broken answer, not a short one
            return;
        }

        context.Response.Clear();
        context.Response.Headers["x-amz-request-id"] = RequestId.Of(context);
        await ErrorBody.Write(context, protocol, error);
    }

    // Of a bucket that is named by the host, the path is a key.
    private UnsignedRoute? RouteOf(RequestTarget target) =>
        target.HostBucket is not null ? null : Array.Find(unsigned, route => target.RawPath.StartsWith(route.Prefix, StringComparison.Ordinal));
}
