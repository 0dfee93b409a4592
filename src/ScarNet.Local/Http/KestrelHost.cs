using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ScarNet.Core;

namespace ScarNet.Local.Http;

/// <summary>Kestrel on 127.0.0.1 with nothing around it: no container, no configuration, no logging of its own.</summary>
public sealed class KestrelHost : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private readonly KestrelServer server;
    private readonly SocketTransportFactory sockets;
    private readonly TaskCompletionSource<RequestDelegate> application = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KestrelHost(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        options.Limits.MaxRequestBodySize = null; // S3 has its own limits; the gateway bounds everything else
        options.Limits.MaxRequestLineSize = 32 * 1024; // a key of 1,024 bytes is 3 KiB when escaped, a presigned query as much again
        options.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        options.Limits.MinRequestBodyDataRate = new MinDataRate(1, TimeSpan.FromMinutes(2)); // uploads from a slow pipe pause
        options.Limits.MinResponseDataRate = new MinDataRate(1, TimeSpan.FromMinutes(2)); // so do downloads into one
        options.RequestHeaderEncodingSelector = _ => Encoding.Latin1; // byte for byte, so that signatures hold for any metadata
        options.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        server = new KestrelServer(Options.Create(options), sockets, NullLoggerFactory.Instance);
    }

    /// <summary>The port that was bound.</summary>
    public int Port { get; private set; }

    /// <summary>Binds. Requests wait until <see cref="Serve"/> says who answers them.</summary>
    /// <exception cref="ScarException">The port is taken.</exception>
    public static async Task<KestrelHost> Listen(int port, CancellationToken cancellation)
    {
        var host = new KestrelHost(port);
        try
        {
            await host.server.StartAsync(host, cancellation);
        }
        catch (IOException e)
        {
            await host.DisposeAsync();
            throw new ScarException($"cannot listen on 127.0.0.1:{port}: {e.Message}", "give another --port, or none for a free one");
        }

        var addresses = host.server.Features.Get<IServerAddressesFeature>()!.Addresses;
        host.Port = new Uri(addresses.First()).Port;
        return host;
    }

    public void Serve(RequestDelegate handler) => application.TrySetResult(handler);

    /// <summary>Takes no more connections, and gives the requests under way until <paramref name="deadline"/>.</summary>
    public Task Stop(CancellationToken deadline) => server.StopAsync(deadline);

    public async ValueTask DisposeAsync()
    {
        application.TrySetCanceled();
        server.Dispose();
        await Task.CompletedTask;
    }

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext context) =>
        application.Task.IsCompletedSuccessfully ? application.Task.Result(context) : WhenServed(context);

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception)
    {
    }

    private async Task WhenServed(HttpContext context)
    {
        var handler = await application.Task.WaitAsync(context.RequestAborted);
        await handler(context);
    }
}
