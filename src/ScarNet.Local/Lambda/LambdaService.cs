using Microsoft.AspNetCore.Http;
using ScarNet.Local.Containers;
using ScarNet.Local.Delivery;
using ScarNet.Local.Logs;
using ScarNet.Local.Processes;
using ScarNet.Local.Status;

namespace ScarNet.Local.Lambda;

/// <summary>What Lambda needs of the other parts of the engine.</summary>
/// <param name="Queue">Asynchronous invocations; S3 puts its events in.</param>
/// <param name="Logs">Where functions' output goes.</param>
/// <param name="Processes">Runs zip functions.</param>
/// <param name="Containers">Runs image functions.</param>
/// <param name="Supervisors">Puts the supervisor where image functions mount it.</param>
/// <param name="Activity">Told of every change.</param>
/// <param name="ReadObject">The engine's S3, for code.</param>
/// <param name="Targets">What results can be sent to.</param>
/// <param name="HostVariables">Environment that host processes see of this machine.</param>
internal sealed record LambdaNeeds(
    AsyncQueue Queue,
    LogWriter Logs,
    HostProcesses Processes,
    EngineContainers Containers,
    SupervisorFiles Supervisors,
    Activity Activity,
    ObjectReader ReadObject,
    AsyncTargets Targets,
    IReadOnlyDictionary<string, string> HostVariables);

/// <summary>The engine's Lambda.</summary>
public sealed class LambdaService : IDisposable
{
    public const string Schema = AsyncQueue.Schema + FunctionStore.Schema + Outcomes.Schema;

    /// <summary>Path of the Runtime API, which takes no signatures.</summary>
    public const string RuntimePrefix = RuntimeApi.Prefix;

    /// <summary>Warm processes that may wait for work, for each invocation that may run: so many functions can take turns without a start.</summary>
    private const int IdlePerSlot = 4;

    private readonly EngineContext context;
    private readonly LambdaNeeds needs;
    private readonly CancellationTokenSource stopping = new();
    private readonly FunctionStore store;
    private readonly CodeStore code;
    private readonly InvocationSlots slots;
    private readonly RuntimeApi runtime = new();
    private readonly SandboxPool pool;
    private readonly AsyncDispatcher dispatcher;
    private readonly SynchronousCalls calls;
    private readonly LambdaApi api;

    internal LambdaService(EngineContext context, LambdaNeeds needs)
    {
        var (settings, clock) = (context.Settings, context.Settings.Clock);
        this.context = context;
        this.needs = needs;
        store = new FunctionStore(context.Database);
        code = new CodeStore(context.Directory.Under("lambda"));
        slots = new InvocationSlots(settings.LambdaConcurrency);
        calls = new SynchronousCalls(needs.Activity);
        var start = new RuntimeStart(context, needs, code);
        pool = new SandboxPool(start, runtime, store.IsPresent, settings.LambdaConcurrency * IdlePerSlot, clock);
        var invoker = new Invoker(pool, needs.Logs, clock);
        var sends = new AsyncDestinations(needs.Targets, context.Database, needs.Logs, context.Roles, clock);
        var ending = new AsyncEnding(context.Database, needs.Queue, sends, clock);
        dispatcher = new AsyncDispatcher(
            context.Database, needs.Queue, store, slots, invoker, ending, needs.Logs, needs.Activity, settings);
        api = new LambdaApi(
            store,
            new FunctionsApi(store, code, pool, needs.Queue, needs.ReadObject, context),
            new InvokeApi(context.Database, needs.Queue, slots, invoker, calls, clock),
            new VersionsApi(store, pool, clock),
            new AliasesApi(store),
            new PermissionsApi(store),
            new SettingsApi(store, needs.Queue, clock),
            stopping.Token);
    }

    internal LambdaCounts Counts => new(store, dispatcher, calls);

    public Task Handle(HttpContext http) => api.Handle(http);

    public Task HandleRuntime(HttpContext http) => runtime.Handle(http);

    /// <summary>Whether a bucket's events may start a function, by just this version or alias. False also when there is no such thing.</summary>
    public bool MayInvoke(string functionArn, string bucketArn) =>
        store.Resolve(functionArn) is { } function
        && Policy.LetsBucketInvoke(function.Policy, bucketArn, context.Settings.Account);

    /// <summary>Whether a service's events may start a function; null when there is no such function.</summary>
    internal bool? MayInvoke(string functionArn, Sender sender) => store.Resolve(functionArn) is { } function
        ? Policy.LetsInvoke(function.Policy, sender.Service, sender.SourceArn, context.Settings.Account)
        : null;

    /// <summary>Removes code that no function has any more. Before requests are served: they may bring it back.</summary>
    public void RemoveLeftovers() =>
        code.Sweep(store.All.SelectMany(f => f.Versions.Append(f)).Select(f => f.CodeSha256).ToHashSet(StringComparer.Ordinal));

    /// <summary>Works until cancelled; then ends every process of a function.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        await using var stop = cancellation.Register(stopping.Cancel);
        await Task.WhenAll(dispatcher.Run(cancellation), pool.Run(cancellation));
    }

    public void Dispose()
    {
        dispatcher.Dispose();
        stopping.Dispose();
        slots.Dispose();
        store.Dispose();
    }
}
