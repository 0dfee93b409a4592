using System.Text.Json;
using ScarNet.EndToEnd.Lambda;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Events;

/// <summary>What buckets, rules and functions send to queues and topics, read with the AWS CLI.</summary>
public sealed class ToQueuesAndTopics(BashFunctions functions) : IClassFixture<BashFunctions>
{
    private const string Account = "us-east-1:000000000000:";
    private const string Queue = "arn:aws:sqs:" + Account;
    private const string Topic = "arn:aws:sns:" + Account;
    private const string Lambda = "arn:aws:lambda:" + Account + "function:";

    [Fact]
    public async Task BucketsTestThemAndTellThemOfObjects()
    {
        await functions.Aws("s3", "mb", "s3://noisy");
        var (queue, behind) = (await MakeQueue("noise"), await MakeQueue("behind"));
        await functions.Aws("sns", "create-topic", "--name", "noise");
        await functions.Aws("sns", "subscribe", "--topic-arn", Topic + "noise", "--protocol", "sqs", "--notification-endpoint", Queue + "behind", "--attributes", "RawMessageDelivery=true");
        string[] notify = ["s3api", "put-bucket-notification-configuration", "--bucket", "noisy", "--notification-configuration", $$"""
            {"QueueConfigurations":[{"Id":"q","QueueArn":"{{Queue}}noise","Events":["s3:ObjectCreated:*"]}],
             "TopicConfigurations":[{"Id":"t","TopicArn":"{{Topic}}noise","Events":["s3:ObjectRemoved:*"]}]}
            """];

        var closed = await functions.TryAws(notify);
        await Open("sqs", "noise", "s3.amazonaws.com", "arn:aws:s3:::noisy");
        await Open("sns", "noise", "s3.amazonaws.com", "arn:aws:s3:::noisy");
        await Open("sqs", "behind", "sns.amazonaws.com", Topic + "noise");
        await functions.Aws(notify);
        var tests = (await Receive(queue)).Concat(await Receive(behind)).Select(message => JsonDocument.Parse(Text(message, "Body")!).RootElement).ToList();
        await functions.Aws("s3", "cp", functions.WriteFile("noise.txt", "x"), "s3://noisy/a b.txt");
        await functions.Aws("s3", "rm", "s3://noisy/a b.txt");
        var created = JsonDocument.Parse(Text(Assert.Single(await Receive(queue)), "Body")!).RootElement.GetProperty("Records")[0];
        var removed = JsonDocument.Parse(Text(Assert.Single(await Receive(behind)), "Body")!).RootElement.GetProperty("Records")[0];

        Assert.Contains("(InvalidArgument)", closed.Error, StringComparison.Ordinal);
        Assert.Contains("Unable to validate the following destination configurations", closed.Error, StringComparison.Ordinal);
        Assert.All(tests, test => Assert.Equal(("s3:TestEvent", "noisy"), (Text(test, "Event"), Text(test, "Bucket"))));
        Assert.Equal(2, tests.Count);
        Assert.Equal(("ObjectCreated:Put", "a+b.txt", "q"), (Text(created, "eventName"), Text(created.GetProperty("s3").GetProperty("object"), "key"), Text(created.GetProperty("s3"), "configurationId")));
        Assert.Equal("ObjectRemoved:Delete", Text(removed, "eventName"));
    }

    [Fact]
    public async Task RulesFillThemAndSendAsideWhatTheyCannotDeliver()
    {
        var (orders, letters) = (await MakeQueue("orders"), await MakeQueue("letters"));
        const string Rule = "arn:aws:events:" + Account + "rule/orders";
        await functions.Aws("events", "put-rule", "--name", "orders", "--event-pattern", """{"source":["shop"]}""");
        await functions.Aws("events", "put-targets", "--rule", "orders", "--targets", $$"""
            [{"Id":"q","Arn":"{{Queue}}orders","InputPath":"$.detail"},
             {"Id":"f","Arn":"{{Lambda}}nobody","DeadLetterConfig":{"Arn":"{{Queue}}letters"} }]
            """);
        await Open("sqs", "orders", "events.amazonaws.com", Rule);
        await Open("sqs", "letters", "events.amazonaws.com", Rule);

        await functions.Aws("events", "put-events", "--entries", """[{"Source":"shop","DetailType":"order","Detail":"{\"sum\":7}"}]""");
        var order = Assert.Single(await Receive(orders));
        var letter = Assert.Single(await Receive(letters));

        Assert.Equal("""{"sum":7}""", Text(order, "Body"));
        Assert.Equal("shop", Text(JsonDocument.Parse(Text(letter, "Body")!).RootElement, "source"));
        Assert.Equal(
            ("NO_RESOURCE", Rule, Lambda + "nobody"), (Attribute(letter, "ERROR_CODE"), Attribute(letter, "RULE_ARN"), Attribute(letter, "TARGET_ARN")));
    }

    [Fact]
    public async Task FunctionsSendWhatTheyGaveUp()
    {
        var (dead, records, told) = (await MakeQueue("given-up"), await MakeQueue("records"), await MakeQueue("over-the-bus"));
        await functions.Create("failing", "return 1", "--dead-letter-config", $"TargetArn={Queue}given-up");
        await functions.Aws("lambda", "put-function-event-invoke-config", "--function-name", "failing", "--maximum-retry-attempts", "0", "--destination-config", $$$"""{"OnFailure":{"Destination":"{{{Queue}}}records" } }""");
        await functions.Create("working", "echo 5");
        await functions.Aws("lambda", "put-function-event-invoke-config", "--function-name", "working", "--destination-config", $$$"""{"OnSuccess":{"Destination":"arn:aws:events:{{{Account}}}event-bus/default" } }""");
        await functions.Aws("events", "put-rule", "--name", "results", "--event-pattern", """{"source":["lambda"],"detail-type":["Lambda Function Invocation Result - Success"]}""");
        await functions.Aws("events", "put-targets", "--rule", "results", "--targets", $"Id=q,Arn={Queue}over-the-bus");
        await Open("sqs", "over-the-bus", "events.amazonaws.com", "arn:aws:events:" + Account + "rule/results");

        await functions.Invoke("failing", """{"n":1}""", "--invocation-type", "Event");
        await functions.Invoke("working", """{"n":2}""", "--invocation-type", "Event");
        await functions.Engine.UntilIdle();
        var letter = Assert.Single(await Receive(dead));
        var record = JsonDocument.Parse(Text(Assert.Single(await Receive(records)), "Body")!).RootElement;
        var result = JsonDocument.Parse(Text(Assert.Single(await Receive(told)), "Body")!).RootElement;

        Assert.Equal("""{"n":1}""", Text(letter, "Body"));
        Assert.Equal(("200", "the handler said no"), (Attribute(letter, "ErrorCode"), Attribute(letter, "ErrorMessage")));
        Assert.Equal(Attribute(letter, "RequestID"), Text(record.GetProperty("requestContext"), "requestId"));
        Assert.Equal("RetriesExhausted", Text(record.GetProperty("requestContext"), "condition"));
        Assert.Equal(2, result.GetProperty("detail").GetProperty("requestPayload").GetProperty("n").GetInt32());
        Assert.Equal(5, result.GetProperty("detail").GetProperty("responsePayload").GetInt32());
    }

    [Fact]
    public async Task FunctionsSendAsTheirRole()
    {
        var dead = await MakeQueue("for-some");
        await functions.Aws("iam", "create-role", "--role-name", "meek", "--assume-role-policy-document", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""");
        await functions.Aws("iam", "put-role-policy", "--role-name", "meek", "--policy-name", "logs", "--policy-document", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:*","Resource":"*"}]}""");
        await functions.Create("meek", "return 1", "--dead-letter-config", $"TargetArn={Queue}for-some");
        await functions.Aws("lambda", "update-function-configuration", "--function-name", "meek", "--role", "arn:aws:iam::000000000000:role/meek");
        await functions.Aws("lambda", "put-function-event-invoke-config", "--function-name", "meek", "--maximum-retry-attempts", "0");

        await functions.Invoke("meek", "{}", "--invocation-type", "Event");
        await functions.Engine.UntilIdle();
        var said = await functions.LogOnceThere("meek", "\"could not be sent\"");

        Assert.Contains("sqs:SendMessage", Assert.Single(said), StringComparison.Ordinal);
        Assert.Empty(await Receive(dead));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string? Attribute(JsonElement message, string name) => Text(message.GetProperty("MessageAttributes").GetProperty(name), "StringValue");

    /// <returns>Its address.</returns>
    private async Task<string> MakeQueue(string name) =>
        Text(JsonDocument.Parse(await functions.Aws("sqs", "create-queue", "--queue-name", name, "--output", "json")).RootElement, "QueueUrl")!;

    private async Task Open(string service, string name, string principal, string source)
    {
        var action = service == "sqs" ? "sqs:SendMessage" : "sns:Publish";
        var policy = $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{{principal}}}"},"Action":"{{{action}}}","Resource":"arn:aws:{{{service}}}:{{{Account}}}{{{name}}}","Condition":{"ArnLike":{"aws:SourceArn":"{{{source}}}"},"StringEquals":{"aws:SourceAccount":"000000000000" } } }] }""";
        if (service == "sns")
        {
            await functions.Aws("sns", "set-topic-attributes", "--topic-arn", Topic + name, "--attribute-name", "Policy", "--attribute-value", policy);
            return;
        }

        var url = await functions.Aws("sqs", "get-queue-url", "--queue-name", name, "--output", "text");
        await functions.Aws("sqs", "set-queue-attributes", "--queue-url", url.Trim(), "--attributes", JsonSerializer.Serialize(new Dictionary<string, string> { ["Policy"] = policy }));
    }

    /// <summary>All that is there, which then is gone.</summary>
    private async Task<IReadOnlyList<JsonElement>> Receive(string url)
    {
        var answer = await functions.Aws("sqs", "receive-message", "--queue-url", url, "--max-number-of-messages", "10", "--message-attribute-names", "All", "--output", "json");
        await functions.Aws("sqs", "purge-queue", "--queue-url", url);
        return answer.Trim().Length == 0 ? [] : [.. JsonDocument.Parse(answer).RootElement.GetProperty("Messages").EnumerateArray()];
    }
}
