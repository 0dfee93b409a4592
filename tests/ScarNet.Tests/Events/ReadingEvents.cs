using System.Net;
using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core.Events;
using static ScarNet.Tests.Events.EventTexts;

namespace ScarNet.Tests.Events;

public class ReadingEvents
{
    public static TheoryData<string> Keys =>
    [
        "red flower.jpg", "a+b.txt", "100%.txt", "ü/ß.txt", "#[1].csv", "a%2Bb", new string('k', 1024), "🎉/🧬.fa", "//x", "trailing ", "../up",
        "a b+c%.txt", "$(touch x)", "'; rm -rf /;'", "quote\".txt", "new\nline.txt",
    ];

    [Theory]
    [MemberData(nameof(Keys))]
    public void DecodesTheKeyOfS3sOwnRecordOnce(string key)
    {
        var received = EventReader.Read(S3(S3Record(WebUtility.UrlEncode(key))).Bytes());

        Assert.Equal(key, Assert.Single(received.Records).Event?.Object.Key);
    }

    [Fact]
    public void DecodesEveryKeyOnce() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), text =>
        {
            var key = text.Get.EnumerateRunes().Aggregate("k", (all, rune) => all + rune);
            var received = EventReader.Read(S3(S3Record(WebUtility.UrlEncode(key))).Bytes());
            return received.Records[0].Event?.Object.Key == key || key.EndsWith('/');
        }));

    [Theory]
    [MemberData(nameof(Keys))]
    public void LeavesTheKeyOfEventBridgeAsItIs(string key)
    {
        var received = EventReader.Read(EventBridge(key).Bytes());

        Assert.Equal(key, Assert.Single(received.Records).Event?.Object.Key);
    }

    [Fact]
    public void KeepsWhatIdentifiesTheObject()
    {
        var e = EventReader.Read(S3(S3Record("a")).Bytes()).Records[0].Event;

        var expected = new ObjectEvent
        {
            Object = new("in", "a"),
            Size = 1024,
            ETag = "d41d8cd98f00b204e9800998ecf8427e",
            VersionId = "v1",
            Sequencer = "0055AED6DCD90281E5",
            Time = new DateTimeOffset(2026, 11, 21, 10, 11, 12, 345, TimeSpan.Zero),
            Region = "eu-west-1",
        };
        Assert.Equal(expected, e);
    }

    [Fact]
    public void TakesEveryRecord()
    {
        var received = EventReader.Read(S3(S3Record("a"), S3Record("b"), S3Record("c")).Bytes());

        Assert.Equal(["a", "b", "c"], received.Records.Select(r => r.Event?.Object.Key));
    }

    [Fact]
    public void ShowsEachScriptItsOwnRecordOnly()
    {
        var received = EventReader.Read(S3(S3Record("a"), S3Record("b")).Bytes());

        var shown = EventReader.Read(received.Records[1].Raw.Bytes());
        Assert.Equal("b", Assert.Single(shown.Records).Event?.Object.Key);
    }

    public static TheoryData<string> Envelopes =>
    [
        Sqs(S3(S3Record("a+b"))),
        Sns(S3(S3Record("a+b"))),
        Sqs(SnsNotification(S3(S3Record("a+b")))),
        Sqs(EventBridge("a b")),
        EventBridge("a b"),
        BatchOperations("a+b"),
    ];

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void ReadsTheSameObjectInEveryEnvelope(string payload)
    {
        var received = EventReader.Read(payload.Bytes());

        Assert.Equal(new ObjectPath("in", "a b"), Assert.Single(received.Records).Event?.Object);
    }

    [Fact]
    public void KeepsTheTaskOfBatchOperationsForItsAnswer()
    {
        var received = EventReader.Read(BatchOperations("a").Bytes());

        Assert.Equal("1.0", received.Operation?.SchemaVersion);
        Assert.Equal("dGFza2lkZ29lc2hlcmUK", received.Records[0].TaskId);
    }

    [Theory]
    [InlineData("""{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2014-10-13T15:57:02.089Z","Bucket":"in","RequestId":"5","HostId":"8"}""")]
    [InlineData("""{"Event":"s3:TestEvent"}""")]
    [InlineData("""{"Records":[]}""")]
    public void FindsNothingToDoIn(string payload)
    {
        var received = EventReader.Read(payload.Bytes());

        Assert.False(received.IsData);
        Assert.All(received.Records, record => Assert.NotNull(record.Skipped));
    }

    [Theory]
    [InlineData("ObjectRemoved:Delete")]
    [InlineData("ObjectRemoved:DeleteMarkerCreated")]
    [InlineData("ObjectTagging:Put")]
    [InlineData("ObjectRestore:Completed")]
    public void PassesOverWhatCreatesNoObject(string eventName)
    {
        var received = EventReader.Read(S3(S3Record("a", eventName)).Bytes());

        Assert.NotNull(Assert.Single(received.Records).Skipped);
    }

    [Theory]
    [InlineData("ObjectCreated:Put")]
    [InlineData("ObjectCreated:Post")]
    [InlineData("ObjectCreated:Copy")]
    [InlineData("ObjectCreated:CompleteMultipartUpload")]
    [InlineData("s3:ObjectCreated:Put")]
    public void TakesEveryKindOfCreation(string eventName)
    {
        var received = EventReader.Read(S3(S3Record("a", eventName)).Bytes());

        Assert.NotNull(Assert.Single(received.Records).Event);
    }

    [Fact]
    public void PassesOverFolderMarkers()
    {
        var received = EventReader.Read(S3(S3Record("in/"), S3Record("in/x")).Bytes());

        Assert.NotNull(received.Records[0].Skipped);
        Assert.NotNull(received.Records[1].Event);
    }

    [Fact]
    public void TakesLaterMinorVersionsAndUnknownFields()
    {
        var record = S3Record("a", version: "2.9").Replace("\"eventSource\"", "\"newField\":{\"x\":1},\"eventSource\"", StringComparison.Ordinal);

        var received = EventReader.Read(S3(record).Bytes());

        Assert.NotNull(Assert.Single(received.Records).Event);
    }

    [Fact]
    public void RefusesAnotherMajorVersionAndTakesTheOthers()
    {
        var received = EventReader.Read(S3(S3Record("a", version: "3.0"), S3Record("b")).Bytes());

        Assert.Equal("eventVersion '3.0' of an S3 record is not known: 2.x would be", received.Records[0].Problem);
        Assert.NotNull(received.Records[1].Event);
    }

    [Fact]
    public void NamesTheMessageThatIsNoEvent()
    {
        var received = EventReader.Read(Sqs(S3(S3Record("a")), "hello").Bytes());

        Assert.NotNull(received.Records[0].Event);
        Assert.Contains("'q1'", received.Records[1].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("\u0000\u0001binary")]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"answer":42}""")]
    [InlineData("""{"Records":[{"eventSource":"aws:kinesis"}]}""")]
    [InlineData("""{"Records":"none"}""")]
    [InlineData("""{"Records":[3]}""")]
    public void HandsAnythingElseToTheScript(string payload) => Assert.True(EventReader.Read(payload.Bytes()).IsData);

    [Fact]
    public void HandsEnvelopesWithoutEndToTheScript()
    {
        var payload = Enumerable.Range(0, 9).Aggregate(S3(S3Record("a")), (inner, _) => Sqs(inner));

        Assert.True(EventReader.Read(payload.Bytes()).IsData);
    }
}
