using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScarNet.EndToEnd.Tasks;

/// <summary>A web server on 127.0.0.1 whose files a test sets, and that keeps what is PUT to it.</summary>
internal sealed class WebServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Lock changing = new();
    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal);

    public WebServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        listener.Prefixes.Add(Address + "/");
        listener.Start();
        _ = Serve();
    }

    public string Address { get; }

    public string? this[string path]
    {
        get
        {
            lock (changing)
            {
                return files.GetValueOrDefault(path);
            }
        }

        set
        {
            lock (changing)
            {
                files[path] = value!;
            }
        }
    }

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var path = context.Request.Url!.AbsolutePath;
            if (context.Request.HttpMethod == "PUT")
            {
                using var reader = new StreamReader(context.Request.InputStream);
                this[path] = await reader.ReadToEndAsync();
            }

            var file = this[path];
            context.Response.StatusCode = file is null ? 404 : 200;
            context.Response.Close(Encoding.UTF8.GetBytes(context.Request.HttpMethod == "GET" ? file ?? "" : ""), willBlock: false);
        }
    }
}
