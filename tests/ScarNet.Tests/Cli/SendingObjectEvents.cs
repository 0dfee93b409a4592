using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core.Events;

namespace ScarNet.Tests.Cli;

public sealed class SendingObjectEvents
{
    [Theory]
    [InlineData("red flower.jpg", "red+flower.jpg")]
    [InlineData("in/a+b.txt", "in/a%2Bb.txt")]
    [InlineData("100%.txt", "100%25.txt")]
    public void EncodesKeysAsS3Does(string key, string encoded) => Assert.Equal(encoded, ObjectCreated.EncodeKey(key));

    [Fact]
    public void AreReadBackAsTheyWere() =>
        Prop.ForAll<NonEmptyString>(text =>
        {
            var key = new string([.. text.Get.Where(c => !char.IsSurrogate(c))]) + "x"; // a key is UTF-8: half a character is none
            var sent = new ObjectEvent { Object = new ObjectPath("bucket", key), Size = 7, ETag = "abc", VersionId = "v1", Sequencer = "00FF", Region = "us-east-1" };

            var read = Assert.Single(EventReader.Read(ObjectCreated.Json(sent).ToArray()).Records).Event;

            return read?.Object == sent.Object && read.Size == 7 && read.ETag == "abc" && read.VersionId == "v1" && read.Sequencer == "00FF";
        }).QuickCheckThrowOnFailure();
}
