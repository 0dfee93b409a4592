using System.Text.Json;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Sqs;

/// <summary>SQS as the AWS CLI sees it, which speaks the query protocol, and as newer clients do, which speak JSON.</summary>
public sealed class QueuesOfSqs(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task AreMadeListedDescribedAndDeleted()
    {
        var url = await Make("kept", "--attributes", """{"VisibilityTimeout":"5","DelaySeconds":"0"}""", "--tags", "team=a");
        await Aws("set-queue-attributes", "--queue-url", url, "--attributes", "MessageRetentionPeriod=600");
        await engine.Restart();

        var again = await Make("kept", "--attributes", """{"VisibilityTimeout":"5"}""");
        var other = await engine.TryAws("sqs", "create-queue", "--queue-name", "kept", "--attributes", "VisibilityTimeout=6");
        var found = await Json("get-queue-url", "--queue-name", "kept");
        var listed = await Json("list-queues", "--queue-name-prefix", "kep");
        var attributes = (await Json("get-queue-attributes", "--queue-url", url, "--attribute-names", "All")).GetProperty("Attributes");
        var tags = await Json("list-queue-tags", "--queue-url", url);
        await Aws("delete-queue", "--queue-url", url);
        var gone = await engine.TryAws("sqs", "get-queue-url", "--queue-name", "kept");

        Assert.Equal(again, found.GetProperty("QueueUrl").GetString());
        Assert.EndsWith("/000000000000/kept", again, StringComparison.Ordinal);
        Assert.Contains("(QueueAlreadyExists)", other.Error, StringComparison.Ordinal);
        Assert.Equal(again, Assert.Single(listed.GetProperty("QueueUrls").EnumerateArray()).GetString());
        Assert.Equal(
            ("arn:aws:sqs:us-east-1:000000000000:kept", "5", "600", "0"),
            (Text(attributes, "QueueArn"), Text(attributes, "VisibilityTimeout"), Text(attributes, "MessageRetentionPeriod"), Text(attributes, "ApproximateNumberOfMessages")));
        Assert.Equal("a", Text(tags.GetProperty("Tags"), "team"));
        Assert.Contains("(AWS.SimpleQueueService.NonExistentQueue)", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandMessagesOutUntilTheyAreDeleted()
    {
        var url = await Make("work");
        var sent = await Json("send-message", "--queue-url", url, "--message-body", "a <b> & ü 😀", "--message-attributes", """{"n":{"DataType":"Number","StringValue":"7"},"raw":{"DataType":"Binary","BinaryValue":"AAEC"}}""");
        await engine.Restart();

        var first = Message(await Json("receive-message", "--queue-url", url, "--attribute-names", "All", "--message-attribute-names", "All"));
        var hidden = await Aws("receive-message", "--queue-url", url);
        await Aws("change-message-visibility", "--queue-url", url, "--receipt-handle", Text(first, "ReceiptHandle")!, "--visibility-timeout", "0");
        var second = Message(await Json("receive-message", "--queue-url", url, "--attribute-names", "All", "--wait-time-seconds", "5"));
        await Aws("delete-message", "--queue-url", url, "--receipt-handle", Text(second, "ReceiptHandle")!);
        var left = await Json("get-queue-attributes", "--queue-url", url, "--attribute-names", "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible");

        Assert.Equal("a <b> & ü 😀", Text(first, "Body"));
        Assert.Equal(Text(sent, "MessageId"), Text(first, "MessageId"));
        Assert.Equal(Text(sent, "MD5OfMessageBody"), Text(first, "MD5OfBody"));
        Assert.Equal(Text(sent, "MD5OfMessageAttributes"), Text(first, "MD5OfMessageAttributes"));
        Assert.Equal(("7", "AAEC"), (Text(first.GetProperty("MessageAttributes").GetProperty("n"), "StringValue"), Text(first.GetProperty("MessageAttributes").GetProperty("raw"), "BinaryValue")));
        Assert.Equal("", hidden.Trim());
        Assert.Equal("2", Text(second.GetProperty("Attributes"), "ApproximateReceiveCount"));
        Assert.Equal(["0", "0"], left.GetProperty("Attributes").EnumerateObject().Select(attribute => attribute.Value.GetString()));
    }

    [Fact]
    public async Task HoldMessagesBackAndWakeThoseWhoWait()
    {
        var url = await Make("late");
        var waiting = Json("receive-message", "--queue-url", url, "--wait-time-seconds", "20");
        await Aws("send-message-batch", "--queue-url", url, "--entries", "Id=a,MessageBody=first,DelaySeconds=1", "Id=b,MessageBody=second,DelaySeconds=900");

        var received = Message(await waiting);
        var attributes = await Json("get-queue-attributes", "--queue-url", url, "--attribute-names", "ApproximateNumberOfMessagesDelayed");
        await Aws("purge-queue", "--queue-url", url);

        Assert.Equal("first", Text(received, "Body"));
        Assert.Equal("1", Text(attributes.GetProperty("Attributes"), "ApproximateNumberOfMessagesDelayed"));
    }

    [Fact]
    public async Task SendWhatIsReceivedTooOftenElsewhere()
    {
        var dead = await Make("dead");
        var url = await Make("tried", "--attributes", """{"VisibilityTimeout":"0","RedrivePolicy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\",\"maxReceiveCount\":2}"}""");
        await Aws("send-message", "--queue-url", url, "--message-body", "poison");

        var counts = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            counts.Add((await Aws("receive-message", "--queue-url", url, "--output", "text")).Trim());
        }

        var letter = Message(await Json("receive-message", "--queue-url", dead));

        Assert.Contains("poison", counts[1], StringComparison.Ordinal);
        Assert.Equal(("", "poison"), (counts[2].Replace("None", "", StringComparison.Ordinal), Text(letter, "Body")));
    }

    [Theory]
    [InlineData("(MissingParameter)", "send-message", "--message-body", "")]
    [InlineData("(InvalidMessageContents)", "send-message", "--message-body", "a\u0001b")]
    [InlineData("(InvalidParameterValue)", "receive-message", "--max-number-of-messages", "11")]
    [InlineData("(ReceiptHandleIsInvalid)", "delete-message", "--receipt-handle", "nonsense")]
    [InlineData("(InvalidAttributeName)", "get-queue-attributes", "--attribute-names", "Colour")]
    [InlineData("(InvalidAttributeValue)", "set-queue-attributes", "--attributes", "DelaySeconds=901")]
    public async Task RefuseWhatAwsRefuses(string error, string call, params string[] options)
    {
        var url = await Make("strict");

        var refused = await engine.TryAws(["sqs", call, "--queue-url", url, .. options]);

        Assert.Equal(254, refused.ExitCode);
        Assert.Contains(error, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerNewerClientsInJson()
    {
        var made = await Curl("CreateQueue", """{"QueueName":"json","Attributes":{"DelaySeconds":"0"},"tags":{"a":"b"}}""");
        var url = Text(made, "QueueUrl");
        var sent = await Curl("SendMessage", $$$"""{"QueueUrl":"{{{url}}}","MessageBody":"hi","MessageAttributes":{"k":{"DataType":"String","StringValue":"v" } } }""");
        var received = Message(await Curl("ReceiveMessage", $$$"""{"QueueUrl":"{{{url}}}","MaxNumberOfMessages":1,"MessageAttributeNames":["All"],"MessageSystemAttributeNames":["All"]}"""));
        var deleted = await Curl("DeleteMessage", $$$"""{"QueueUrl":"{{{url}}}","ReceiptHandle":"{{{Text(received, "ReceiptHandle")}}}"}""");
        var missing = await Curl("GetQueueUrl", """{"QueueName":"nobody"}""");

        Assert.Equal(Text(sent, "MessageId"), Text(received, "MessageId"));
        Assert.Equal("v", Text(received.GetProperty("MessageAttributes").GetProperty("k"), "StringValue"));
        Assert.Equal("1", Text(received.GetProperty("Attributes"), "ApproximateReceiveCount"));
        Assert.Equal(JsonValueKind.Object, deleted.ValueKind);
        Assert.Equal("com.amazonaws.sqs#QueueDoesNotExist", Text(missing, "__type"));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static JsonElement Message(JsonElement answer) => Assert.Single(answer.GetProperty("Messages").EnumerateArray());

    private async Task<string> Make(string name, params string[] options) =>
        Text(await Json(["create-queue", "--queue-name", name, .. options]), "QueueUrl")!;

    private Task<string> Aws(params string[] arguments) => engine.Aws(["sqs", .. arguments]);

    private async Task<JsonElement> Json(params string[] arguments) => JsonDocument.Parse(await engine.Aws(["sqs", .. arguments, "--output", "json"])).RootElement;

    private async Task<JsonElement> Curl(string operation, string body)
    {
        var result = await Command.Run(
            "/usr/bin/curl",
            [
                "-sS", "--aws-sigv4", $"aws:amz:{engine.Engine.Region}:sqs", "--user", $"{engine.Engine.AccessKey}:{engine.Engine.SecretKey}",
                "-H", $"X-Amz-Target: AmazonSQS.{operation}", "-H", "Content-Type: application/x-amz-json-1.0", "--data-binary", body,
                engine.Engine.Endpoint.ToString(),
            ]);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
