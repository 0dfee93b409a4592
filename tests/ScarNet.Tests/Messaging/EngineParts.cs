using ScarNet.Local;
using ScarNet.Local.Delivery;
using ScarNet.Local.Events;
using ScarNet.Local.Lambda;
using ScarNet.Local.Sns;
using ScarNet.Local.Sqs;
using ScarNet.Local.Storage;
using ScarNet.Tests.Http;

namespace ScarNet.Tests.Messaging;

/// <summary>What queues, topics and the event bus are made of, on a database of its own and a clock that stands still.</summary>
internal sealed class EngineParts : IAsyncDisposable
{
    public const string Account = "000000000000";
    public const string Region = "us-east-1";

    public static readonly Uri Endpoint = new("http://127.0.0.1:1");

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("scarnet-test-");
    private readonly AsyncQueue invocations = new();

    public EngineParts()
    {
        Database = Database.Open(Path.Join(directory.FullName, "db"), [AsyncQueue.Schema, EventsApi.Schema, SqsApi.Schema, SnsApi.Schema]);
        Topics = new(new(Region, Account), Endpoint, Clock);
        Destinations = new(new(invocations, (_, _) => null, Queues, new(), Topics, () => { }), Account, Clock);
        Bus = new(Database, Destinations, new EngineSettings { DataDirectory = directory.FullName, Region = Region, Account = Account, Clock = Clock });
    }

    public FixedClock Clock { get; } = new(DateTimeOffset.UnixEpoch.AddDays(20_000));

    public Database Database { get; }

    public QueueNames Queues { get; } = new(Endpoint, Region, Account);

    public Topics Topics { get; }

    public Destinations Destinations { get; }

    public EventBus Bus { get; }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        invocations.Dispose();
        directory.Delete(recursive: true);
    }
}
