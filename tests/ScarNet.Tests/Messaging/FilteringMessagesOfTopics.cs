using System.Text.Json.Nodes;
using ScarNet.Local.Http;
using ScarNet.Local.Sns;

namespace ScarNet.Tests.Messaging;

public sealed class FilteringMessagesOfTopics
{
    private const string OnN = """{"n":[{"numeric":["=",7]}]}""";
    private const string OnKind = """{"kind":["a"]}""";

    [Theory]
    [InlineData("7")]
    [InlineData("007")]
    [InlineData("+7")]
    [InlineData("7.0")]
    [InlineData("0.7e1")]
    public void TakesNumbersAsTheyAreMeant(string number)
    {
        var attributes = SnsForm.Read(System.Text.Encoding.UTF8.GetBytes(Form("Number", number))).MessageAttributes();

        Assert.True(Message(attributes).Fits(Subscription(OnN, "MessageAttributes")));
    }

    [Theory]
    [InlineData("1,000")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("seven")]
    public void RefusesWhatIsNoNumber(string number) =>
        Assert.Throws<ApiException>(() => SnsForm.Read(System.Text.Encoding.UTF8.GetBytes(Form("Number", number))).MessageAttributes());

    [Theory]
    [InlineData("""{"kind":"a"}""", true)]
    [InlineData("""{"kind":"a","name":"\udcff"}""", true)]
    [InlineData("""{"kind":"\udcff"}""", false)]
    [InlineData("no JSON", false)]
    public void LooksIntoBodiesWhateverIsInThem(string body, bool fits) =>
        Assert.Equal(fits, Message([], body).Fits(Subscription(OnKind, "MessageBody")));

    private static string Form(string type, string value) =>
        $"MessageAttributes.entry.1.Name=n&MessageAttributes.entry.1.Value.DataType={type}&MessageAttributes.entry.1.Value.StringValue={Uri.EscapeDataString(value)}";

    private static TopicMessage Message(JsonObject attributes, string body = "x") =>
        TopicMessage.Of("arn:aws:sns:us-east-1:000000000000:t", null, body, attributes, DateTimeOffset.UnixEpoch);

    private static SubscriptionRecord Subscription(string filter, string scope) =>
        new("id", "t", "sqs", "e", new Dictionary<string, string> { ["FilterPolicy"] = filter, ["FilterPolicyScope"] = scope }, null);
}
