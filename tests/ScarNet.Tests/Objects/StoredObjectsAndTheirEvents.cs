using System.Net;
using System.Text;
using System.Text.Json;
using ScarNet.Local;
using ScarNet.Local.Delivery;
using ScarNet.Local.Events;
using ScarNet.Local.Lambda;
using ScarNet.Local.S3;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Contents;
using ScarNet.Local.S3.Notifications;
using ScarNet.Local.S3.Objects;
using ScarNet.Local.Sns;
using ScarNet.Local.Sqs;
using ScarNet.Local.Storage;
using ScarNet.Tests.Http;

namespace ScarNet.Tests.Objects;

public sealed class StoredObjectsAndTheirEvents : IAsyncDisposable
{
    private const string Function = "arn:aws:lambda:us-east-1:000000000000:function:f";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("scarnet-test-");
    private readonly FixedClock clock = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly AsyncQueue queue = new();
    private readonly Database database;
    private readonly Blobs blobs;
    private readonly ObjectStore store;

    public StoredObjectsAndTheirEvents()
    {
        database = Database.Open(Path.Join(directory.FullName, "db"), [S3Service.Schema, AsyncQueue.Schema]);
        blobs = new Blobs(Path.Join(directory.FullName, "blobs"));
        store = NewStore();
    }

    [Theory]
    [InlineData("red flower.jpg")]
    [InlineData("a+b.txt")]
    [InlineData("100%.txt")]
    [InlineData("ü/ß.txt")]
    [InlineData("#[1].csv")]
    [InlineData("a%2Bb")]
    [InlineData("\U0001F980")]
    [InlineData("//x")]
    [InlineData("trailing ")]
    [InlineData("../up")]
    public async Task CarryTheKeyFormEncoded(string key)
    {
        await MakeBucket();

        await Put(store, key);

        var record = Assert.Single(Events()).GetProperty("s3").GetProperty("object");
        Assert.Equal(key, WebUtility.UrlDecode(record.GetProperty("key").GetString()));
        Assert.DoesNotContain(' ', record.GetProperty("key").GetString()!);
    }

    [Fact]
    public async Task SayWhatS3Says()
    {
        await MakeBucket();

        await Put(store, "in/a b.txt");

        var record = Assert.Single(Events());
        Assert.Equal("2.1", record.GetProperty("eventVersion").GetString());
        Assert.Equal("aws:s3", record.GetProperty("eventSource").GetString());
        Assert.Equal("us-east-1", record.GetProperty("awsRegion").GetString());
        Assert.Equal("ObjectCreated:Put", record.GetProperty("eventName").GetString());
        Assert.Equal("2024-10-04T00:00:00.000Z", record.GetProperty("eventTime").GetString());
        Assert.Equal("arn:aws:s3:::bucket", record.GetProperty("s3").GetProperty("bucket").GetProperty("arn").GetString());
        Assert.Equal("in/a+b.txt", record.GetProperty("s3").GetProperty("object").GetProperty("key").GetString());
        Assert.Equal(3, record.GetProperty("s3").GetProperty("object").GetProperty("size").GetInt64());
    }

    [Fact]
    public async Task AreOrderedAlsoAfterARestartWithTheClockSetBack()
    {
        await MakeBucket();
        await Put(store, "k");
        await Put(store, "k");
        clock.Now = clock.Now.AddDays(-1);
        await Put(store, "k");

        await Put(NewStore(), "k");

        var sequencers = Events().ConvertAll(e => e.GetProperty("s3").GetProperty("object").GetProperty("sequencer").GetString()!);
        Assert.Equal(4, sequencers.Distinct().Count());
        Assert.Equal(sequencers.Order(StringComparer.Ordinal), sequencers);
        Assert.All(sequencers, s => Assert.Matches("^[0-9A-F]{18}$", s));
    }

    [Fact]
    public async Task AreNeitherThereWhenTheConditionFails()
    {
        await MakeBucket();
        await Put(store, "k", new WriteCondition(null, MustNotExist: true));

        await Assert.ThrowsAsync<ScarNet.Local.Http.ApiException>(() => Put(store, "k", new WriteCondition(null, MustNotExist: true)));

        Assert.Single(Events());
    }

    [Fact]
    public async Task ShareTheirContentUntilTheLastOneGoes()
    {
        await MakeBucket();
        var unnamed = new List<string>();
        var draft = new Draft(blobs) { Size = 3, ETag = "e", Checksum = null, File = "blob" };

        await database.Write(
            connection =>
            {
                var id = ContentRows.Insert(connection, draft);
                ContentRows.AddReference(connection, id);
                ContentRows.Release(connection, id, unnamed);
                Assert.Empty(unnamed);
                ContentRows.Release(connection, id, unnamed);
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(["blob"], unnamed);
    }

    [Fact]
    public void KeepABlobWhileItIsRead()
    {
        var (name, handle) = blobs.Create();
        handle.Dispose();
        var path = Path.Join(directory.FullName, "blobs", name);

        var reading = blobs.Reading();
        blobs.Discard([name]);
        var whileRead = File.Exists(path);
        reading.Dispose();

        Assert.True(whileRead);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void RemoveBlobsThatNobodyNamesAtTheStart()
    {
        var (kept, first) = blobs.Create();
        var (left, second) = blobs.Create();
        first.Dispose();
        second.Dispose();

        blobs.RemoveAllBut(new HashSet<string> { kept });

        Assert.Equal([kept], Directory.GetFiles(Path.Join(directory.FullName, "blobs")).Select(Path.GetFileName));
        Assert.NotEqual(kept, left);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        blobs.Dispose();
        queue.Dispose();
        directory.Delete(recursive: true);
    }

    private ObjectStore NewStore()
    {
        var settings = new EngineSettings { DataDirectory = directory.FullName, Clock = clock };
        var endpoint = new Uri("http://127.0.0.1:1");
        var topics = new Topics(new(settings.Region, settings.Account), endpoint, clock);
        var parts = new DestinationParts(queue, (_, _) => null, new(endpoint, settings.Region, settings.Account), new Arrivals(), topics, () => { });
        var destinations = new Destinations(parts, settings.Account, clock);
        return new(database, blobs, new BucketRows(), new Notifier(new EventBus(database, destinations, settings), destinations, settings), clock);
    }

    private Task MakeBucket() => database.Write(
        connection =>
        {
            BucketRows.Insert(connection, "bucket", clock.Now);
            var rule = new NotificationRule("id", DestinationKind.Function, Function, ["s3:ObjectCreated:*"], null);
            BucketRows.SetNotifications(connection, store.Buckets.Get(connection, "bucket"), new NotificationConfiguration([rule], false));
        },
        TestContext.Current.CancellationToken);

    private static Task<Stored> Put(ObjectStore into, string key, WriteCondition? condition = null) => into.Commit(
        "bucket",
        (connection, bucket) => into.Put(
            connection,
            bucket,
            new NewObject { Key = key, Size = 3, ETag = "etag", Headers = "" },
            condition ?? WriteCondition.None,
            "ObjectCreated:Put",
            "REQUEST"),
        TestContext.Current.CancellationToken);

    private List<JsonElement> Events() => database.Read(connection =>
    {
        using var select = connection.Prepare("SELECT payload FROM async_invocations ORDER BY id");
        var events = new List<JsonElement>();
        while (select.Step())
        {
            events.Add(JsonDocument.Parse(Encoding.UTF8.GetString(select.Bytes(0))).RootElement.GetProperty("Records")[0]);
        }

        return events;
    });
}
