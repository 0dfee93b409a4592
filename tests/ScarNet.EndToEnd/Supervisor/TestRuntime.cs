using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>Lambda's side of one sandbox: hands out events one by one and collects the answers.</summary>
internal sealed class TestRuntime : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Channel<Pending> events = Channel.CreateUnbounded<Pending>();
    private readonly Dictionary<string, TaskCompletionSource<RuntimeAnswer>> answers = [];

    public TestRuntime()
    {
        Address = $"127.0.0.1:{FreePort()}/sandbox";
        listener.Prefixes.Add($"http://{Address}/");
        listener.Start();
        _ = Serve();
    }

    /// <summary>Value of AWS_LAMBDA_RUNTIME_API, with a path as the engine's has.</summary>
    public string Address { get; }

    public Task<RuntimeAnswer> Send(string payload, string requestId, TimeSpan time)
    {
        var answer = new TaskCompletionSource<RuntimeAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (answers)
        {
            answers[requestId] = answer;
        }

        events.Writer.TryWrite(new(payload, requestId, time));
        return answer.Task;
    }

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                _ = Answer(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        if (path.EndsWith("/2018-06-01/runtime/invocation/next", StringComparison.Ordinal))
        {
            var next = await events.Reader.ReadAsync();
            var deadline = DateTimeOffset.UtcNow + next.Time;
            context.Response.AddHeader("Lambda-Runtime-Aws-Request-Id", next.RequestId);
            context.Response.AddHeader("Lambda-Runtime-Deadline-Ms", $"{deadline.ToUnixTimeMilliseconds()}");
            context.Response.AddHeader("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0;Lineage=1:a87bd80c:0");
            await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(next.Payload));
            context.Response.Close();
            return;
        }

        var body = await JsonNode.ParseAsync(context.Request.InputStream);
        context.Response.StatusCode = 202;
        context.Response.Close();
        lock (answers)
        {
            var requestId = path.Split('/')[^2];
            answers[requestId].TrySetResult(new(path.EndsWith("/error", StringComparison.Ordinal), body!));
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private sealed record Pending(string Payload, string RequestId, TimeSpan Time);
}
