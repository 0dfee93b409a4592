using ScarNet.Containers;
using ScarNet.Core;
using ScarNet.Local.Batch;
using ScarNet.Local.CloudFormation;
using ScarNet.Local.Containers;
using ScarNet.Local.Delivery;
using ScarNet.Local.Ec2;
using ScarNet.Local.Ecr;
using ScarNet.Local.Events;
using ScarNet.Local.Http;
using ScarNet.Local.Iam;
using ScarNet.Local.Lambda;
using ScarNet.Local.Logs;
using ScarNet.Local.Processes;
using ScarNet.Local.S3;
using ScarNet.Local.Secrets;
using ScarNet.Local.Sns;
using ScarNet.Local.Sqs;
using ScarNet.Local.Status;
using ScarNet.Local.Sts;

namespace ScarNet.Local;

/// <summary>The table of what an engine is made of. A new service adds its schema, its entry and its loops here.</summary>
internal sealed class EngineServices : IAsyncDisposable
{
    /// <summary>Every service's <c>CREATE TABLE IF NOT EXISTS</c>.</summary>
    public static readonly string[] Schemas =
    [
        S3Service.Schema, LambdaService.Schema, LogsApi.Schema, BatchApi.Schema, IamApi.Schema, CloudFormationApi.Schema, EventsApi.Schema, SqsApi.Schema, SnsApi.Schema,
        Ec2Api.Schema, ImageStore.Schema, JobEvents.Schema,
    ];

    private readonly AsyncQueue queue = new();
    private readonly HostProcesses processes;
    private readonly LogWriter logs;
    private readonly QueueNames queues;
    private readonly Arrivals arrivals = new();
    private readonly Topics topics;
    private readonly WebDeliveries web;
    private readonly Destinations destinations;
    private readonly EventBus bus;
    private readonly S3Service s3;
    private readonly EngineContainers containers;
    private readonly SupervisorFiles supervisors;
    private readonly BatchParts batch;
    private readonly LambdaService lambda;
    private readonly Activity activity = new();

    private EngineServices(EngineContext context)
    {
        processes = new HostProcesses(context.Directory.Path);
        logs = new LogWriter(context.Database, context.Settings.Clock);
        var clock = context.Settings.Clock;
        queues = new QueueNames(context.Endpoint, context.Settings.Region, context.Settings.Account);
        topics = new Topics(new TopicNames(context.Settings.Region, context.Settings.Account), context.Endpoint, clock);
        destinations = new Destinations(new(queue, MayInvoke, queues, arrivals, topics, () => web?.Signal()), context.Settings.Account, clock);
        web = new WebDeliveries(context.Database, topics, destinations, clock);
        bus = new EventBus(context.Database, destinations, context.Settings);
        s3 = new S3Service(context, bus, destinations, MayInvoke);
        containers = new EngineContainers(context.Directory.Path);
        supervisors = new SupervisorFiles(new HostDirectory(context.Directory.Under("host")), s3.Objects.Open);
        batch = new BatchParts(context, processes, containers, supervisors, logs, bus);
        lambda = new LambdaService(context, new LambdaNeeds(
            queue, logs, processes, containers, supervisors, activity, s3.Objects.Open, new(destinations, bus, s3.Objects.PutJson), HostVariables.Read()));
    }

    public List<ServiceEntry> Entries { get; } = [];

    public List<UnsignedRoute> Unsigned { get; } = [];

    /// <summary>
    /// Work in the background. Each gets a token that says stop; it then ends its processes and returns within seconds, while requests
    /// are still answered. One that throws stops the engine.
    /// </summary>
    public List<Func<CancellationToken, Task>> Loops { get; } = [];

    /// <summary>Makes the services; the endpoint is known and bound, requests wait until this returns.</summary>
    public static EngineServices Compose(EngineContext context)
    {
        var parts = new EngineServices(context);
        parts.Entries.Add(new ServiceEntry("s3", Protocol.S3, parts.s3.Handle));
        parts.AddLogs(context);
        parts.AddSecrets(context);
        parts.AddImages(context);
        parts.AddBatch(context);
        parts.AddLambda(context);
        parts.AddCloudFormation(context);
        return parts;
    }

    /// <summary>Ends what an engine that was killed has left running. Before anything new is started.</summary>
    public async Task RemoveLeftovers(CancellationToken cancellation)
    {
        await processes.ReapLeftovers(cancellation);
        batch.RemoveLeftovers();
        lambda.RemoveLeftovers();
    }

    public async ValueTask DisposeAsync()
    {
        lambda.Dispose();
        batch.Dispose();
        supervisors.Dispose();
        containers.Dispose();
        await processes.DisposeAsync();
        await logs.DisposeAsync(); // after all that writes to it
        s3.Dispose();
        web.Dispose();
        queue.Dispose();
    }

    /// <summary>S3 is made before Lambda, which reads code from it, and asks Lambda for permission when it serves.</summary>
    private bool MayInvoke(string functionArn, string bucketArn) => lambda.MayInvoke(functionArn, bucketArn);

    /// <summary>Whether another service may call a function; null when there is none of that ARN.</summary>
    private bool? MayInvoke(string functionArn, Sender sender) => lambda.MayInvoke(functionArn, sender);

    private void AddLogs(EngineContext context)
    {
        var settings = context.Settings;
        var api = new LogsApi(context.Database, settings.Region, settings.Account, settings.Clock);
        Entries.Add(new ServiceEntry("logs", Protocol.Json, api.Handle));
        Entries.Add(new ServiceEntry("events", Protocol.Json, new EventsApi(context.Database, bus, destinations, settings.Clock).Handle));
        Entries.Add(new ServiceEntry("sqs", Protocol.Query, new SqsApi(context.Database, queues, arrivals, settings.Account, settings.Clock).Handle));
        var sns = new SnsApi(context.Database, topics, destinations, context.Endpoint, settings.Account, settings.Clock);
        Entries.Add(new ServiceEntry("sns", Protocol.Query, sns.Handle));
        Unsigned.Add(new UnsignedRoute(SubscriptionsApi.ConfirmPrefix, sns.Confirm));
        Loops.Add(web.Run);
        Loops.Add(new QueueRetention(context.Database, settings.Clock).Run);
        Entries.Add(new ServiceEntry("sts", Protocol.Query, new StsApi(context.Roles, settings.Clock).Handle));
        Entries.Add(new ServiceEntry("iam", Protocol.Query, new IamApi(context.Database, settings.Account, settings.Clock, context.Roles.Changed).Handle));
        Loops.Add(new LogRetention(context.Database, settings.Clock).Run);
    }

    private void AddSecrets(EngineContext context)
    {
        var (place, clock) = (context.Roles.Place, context.Settings.Clock);
        Entries.Add(new ServiceEntry("secretsmanager", Protocol.Json, new SecretsApi(context.Secrets, place, clock).Handle));
        Entries.Add(new ServiceEntry("ec2", Protocol.Ec2, new Ec2Api(context).Handle));
        Entries.Add(new ServiceEntry("ssm", Protocol.Json, new ParametersApi(context.Secrets, place, clock).Handle));
    }

    private void AddImages(EngineContext context)
    {
        var layers = new LayerFiles(context.Directory);
        var images = new EcrApi(context, layers);
        images.Sweep();
        Entries.Add(new ServiceEntry("ecr", Protocol.Json, images.Handle));
        Unsigned.Add(new UnsignedRoute(RegistryApi.Prefix, new RegistryApi(context, layers).Handle));
    }

    private void AddBatch(EngineContext context)
    {
        Entries.Add(new ServiceEntry("batch", Protocol.Json, batch.Api.Handle));
        Loops.Add(batch.Run);
        if (context.Settings.Containers)
        {
            Loops.Add(RemoveContainers);
        }
    }

    private void AddLambda(EngineContext context)
    {
        context.Database.BeforeCommit = batch.Events.Publish;
        context.Database.Committed = () =>
        {
            activity.Changed();
            if (batch.Events.Told())
            {
                destinations.Signal();
            }
        };
        Entries.Add(new ServiceEntry("lambda", Protocol.Json, lambda.Handle));
        Entries.Add(new ServiceEntry("scarnet", Protocol.Json, new StatusApi(context, lambda.Counts, activity).Handle));
        Unsigned.Add(new UnsignedRoute(LambdaService.RuntimePrefix, lambda.HandleRuntime));
        Loops.Add(lambda.Run);
    }

    // It works through all the others.
    private void AddCloudFormation(EngineContext context)
    {
        var stacks = new CloudFormationApi(context, scope => Entries.First(entry => entry.Scope == scope));
        Entries.Add(new ServiceEntry("cloudformation", Protocol.Query, stacks.Handle));
        Loops.Add(stacks.Run);
    }

    private async Task RemoveContainers(CancellationToken cancellation)
    {
        try
        {
            await containers.RemoveLeftovers(cancellation);
        }
        catch (ScarException)
        {
            // Docker does not answer, so none of its containers runs; whoever needs one hears of it.
        }
        catch (Exception e) when (e is ContainerException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"scarnet: engine: containers of an earlier run are not removed yet: {e.Message}");
        }
    }
}
