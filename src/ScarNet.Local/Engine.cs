using System.Text.Json;
using ScarNet.Core;
using ScarNet.Local.Access;
using ScarNet.Local.Http;
using ScarNet.Local.Http.Signing;
using ScarNet.Local.Storage;

namespace ScarNet.Local;

/// <summary>The embedded local cloud: AWS's wire protocols on 127.0.0.1, everything it knows in one directory.</summary>
public sealed class Engine : IAsyncDisposable
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);

    private readonly EngineContext context;
    private readonly KestrelHost host;
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource stopRequested;
    private readonly List<Task> loops = [];
    private EngineServices? services;
    private bool disposed;

    private Engine(EngineContext context, KestrelHost host, TaskCompletionSource stopRequested)
    {
        this.context = context;
        this.host = host;
        this.stopRequested = stopRequested;
    }

    public Uri Endpoint => context.Endpoint;

    public string AccessKey => context.Credentials.AccessKey;

    public string SecretKey => context.Credentials.SecretKey;

    public string Region => context.Settings.Region;

    public EngineContext Context => context;

    /// <summary>Completes when somebody asked the engine to stop; faults when a part of it broke. Its owner then disposes it.</summary>
    public Task StopRequested => stopRequested.Task;

    /// <summary>Starts an engine and returns when it answers.</summary>
    /// <exception cref="ScarException">The directory is in use by another engine, or the port is taken.</exception>
    public static async Task<Engine> Start(EngineSettings settings, CancellationToken cancellation)
    {
        var directory = DataDirectory.Take(settings.DataDirectory);
        KestrelHost? host = null;
        Database? database = null;
        try
        {
            database = Database.Open(directory.DatabaseFile, EngineServices.Schemas);
            host = await KestrelHost.Listen(settings.Port, cancellation);
            var stopRequested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var credentials = EngineCredentials.In(directory);
            var context = new EngineContext
            {
                Settings = settings,
                Directory = directory,
                Database = database,
                Endpoint = new Uri($"http://127.0.0.1:{host.Port}"),
                Credentials = credentials,
                Roles = new RoleAccess(database, credentials, settings),
                RequestStop = () => stopRequested.TrySetResult(),
            };
            var engine = new Engine(context, host, stopRequested);
            var services = EngineServices.Compose(context);
            await services.RemoveLeftovers(cancellation);
            engine.Serve(services);
            return engine;
        }
        catch
        {
            await (host?.DisposeAsync() ?? default);
            await (database?.DisposeAsync() ?? default);
            directory.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Stops in this order: background loops (which end their processes while S3 still answers them), the web server, the database,
    /// the hold on the directory. Takes at most about 20 s; what does not end by then is left to the process's end.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        using var deadline = new CancellationTokenSource(StopDeadline);
        await stopping.CancelAsync();
        await Task.WhenAny(Task.WhenAll(loops), Task.Delay(Timeout.InfiniteTimeSpan, deadline.Token));
        File.Delete(context.Directory.AddressFile);
        await host.Stop(deadline.Token);
        await host.DisposeAsync();
        await (services?.DisposeAsync() ?? default);
        await context.Database.DisposeAsync();
        context.Directory.Dispose();
        stopping.Dispose();
    }

    private void Serve(EngineServices composed)
    {
        services = composed;
        var verifier = new SignatureVerifier(context.Credentials, context.Roles.Sessions, context.Settings.Clock);
        var gateway = new Gateway(host.Port, verifier, new Authorization(context), services.Entries, services.Unsigned, Warn);
        host.Serve(gateway.Handle);
        foreach (var loop in services.Loops)
        {
            loops.Add(Task.Run(() => Watch(loop), CancellationToken.None));
        }

        var address = new EngineAddress(
            context.Endpoint.GetLeftPart(UriPartial.Authority), Environment.ProcessId, context.Settings.Clock.GetUtcNow(), Region);
        context.Directory.WritePrivate(
            context.Directory.AddressFile, JsonSerializer.SerializeToUtf8Bytes(address, EngineJson.Default.EngineAddress));
    }

    /// <summary>A loop that ends with an exception while the engine runs is a bug that must not go unseen.</summary>
    private async Task Watch(Func<CancellationToken, Task> loop)
    {
        try
        {
            await loop(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // asked to stop
        }
        catch (Exception e)
        {
            stopRequested.TrySetException(e);
        }
    }

    private static void Warn(string message) => Console.Error.WriteLine($"scarnet: engine: {message}");
}
