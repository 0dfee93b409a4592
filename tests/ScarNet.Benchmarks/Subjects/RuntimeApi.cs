using System.Net;
using System.Net.Sockets;

namespace ScarNet.Benchmarks.Subjects;

/// <summary>Lambda's Runtime API for one invocation: hands out one event and tells when its answer has come.</summary>
internal sealed class RuntimeApi : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly byte[] payload;
    private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool handedOut;

    public RuntimeApi(byte[] payload)
    {
        this.payload = payload;
        Address = $"127.0.0.1:{FreePort()}";
        listener.Prefixes.Add($"http://{Address}/");
        listener.Start();
        _ = Serve();
    }

    /// <summary>Value of AWS_LAMBDA_RUNTIME_API.</summary>
    public string Address { get; }

    /// <summary>Completes with the answer, fails when the runtime reported an error.</summary>
    public Task Answered => answered.Task;

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

            await Answer(context);
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        if (path.EndsWith("/invocation/next", StringComparison.Ordinal))
        {
            if (handedOut)
            {
                return; // a warm runtime waits here for its next event until it is ended
            }

            handedOut = true;
            context.Response.AddHeader("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd");
            context.Response.AddHeader("Lambda-Runtime-Deadline-Ms", $"{DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeMilliseconds()}");
            context.Response.AddHeader("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:000000000000:function:bench");
            await context.Response.OutputStream.WriteAsync(payload);
            context.Response.Close();
            return;
        }

        using var body = new StreamReader(context.Request.InputStream);
        var text = await body.ReadToEndAsync();
        context.Response.StatusCode = 202;
        context.Response.Close();
        if (path.EndsWith("/response", StringComparison.Ordinal))
        {
            answered.TrySetResult();
        }
        else
        {
            answered.TrySetException(new InvalidOperationException($"{path}: {text}"));
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
