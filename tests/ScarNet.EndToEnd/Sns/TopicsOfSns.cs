using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ScarNet.EndToEnd.Lambda;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Sns;

/// <summary>SNS as the AWS CLI sees it.</summary>
public sealed class TopicsOfSns(BashFunctions functions) : IClassFixture<BashFunctions>
{
    private const string Topic = "arn:aws:sns:us-east-1:000000000000:";
    private const string Queue = "arn:aws:sqs:us-east-1:000000000000:";
    private const string Lambda = "arn:aws:lambda:us-east-1:000000000000:function:";

    [Fact]
    public async Task AreKeptWithTheirSubscriptions()
    {
        var arn = await Make("kept");
        await Sns("set-topic-attributes", "--topic-arn", arn, "--attribute-name", "DisplayName", "--attribute-value", "Kept");
        await Sns("tag-resource", "--resource-arn", arn, "--tags", "Key=team,Value=a");
        var subscription = Text(await Json("subscribe", "--topic-arn", arn, "--protocol", "lambda", "--notification-endpoint", Lambda + "nobody"), "SubscriptionArn")!;
        await Sns("set-subscription-attributes", "--subscription-arn", subscription, "--attribute-name", "FilterPolicy", "--attribute-value", """{"kind":["a"]}""");
        await functions.Restart();

        var topics = await Json("list-topics");
        var attributes = (await Json("get-topic-attributes", "--topic-arn", arn)).GetProperty("Attributes");
        var listed = await Json("list-subscriptions-by-topic", "--topic-arn", arn);
        var described = (await Json("get-subscription-attributes", "--subscription-arn", subscription)).GetProperty("Attributes");
        var tags = await Json("list-tags-for-resource", "--resource-arn", arn);
        await Sns("unsubscribe", "--subscription-arn", subscription);
        var none = await Json("list-subscriptions-by-topic", "--topic-arn", arn);
        await Sns("delete-topic", "--topic-arn", arn);
        var gone = await functions.TryAws("sns", "publish", "--topic-arn", arn, "--message", "x");

        Assert.Contains(arn, topics.GetProperty("Topics").EnumerateArray().Select(topic => Text(topic, "TopicArn")));
        Assert.Equal(("Kept", "1"), (Text(attributes, "DisplayName"), Text(attributes, "SubscriptionsConfirmed")));
        Assert.Equal(subscription, Text(Assert.Single(listed.GetProperty("Subscriptions").EnumerateArray()), "SubscriptionArn"));
        Assert.Equal(("""{"kind":["a"]}""", "false"), (Text(described, "FilterPolicy"), Text(described, "PendingConfirmation")));
        Assert.Equal("a", Text(Assert.Single(tags.GetProperty("Tags").EnumerateArray()), "Value"));
        Assert.Empty(none.GetProperty("Subscriptions").EnumerateArray());
        Assert.Contains("(NotFound)", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TellFunctionsThatLetThem()
    {
        var file = Path.Join(functions.Files, "told-by-sns");
        await functions.Create("told-by-sns", $"echo \"$EVENT\" >> {file}; echo 1");
        var arn = await Make("to-function");
        await Subscribe(arn, "lambda", Lambda + "told-by-sns");

        await Sns("publish", "--topic-arn", arn, "--message", "before it may");
        await functions.Aws("lambda", "add-permission", "--function-name", "told-by-sns", "--statement-id", "sns", "--action", "lambda:InvokeFunction", "--principal", "sns.amazonaws.com", "--source-arn", arn);
        await Sns("publish", "--topic-arn", arn, "--subject", "greeting", "--message", "hello ü", "--message-attributes", """{"n":{"DataType":"Number","StringValue":"7"}}""");
        await functions.Engine.UntilIdle();
        var record = JsonDocument.Parse(Assert.Single(await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken))).RootElement.GetProperty("Records")[0];

        Assert.Equal("aws:sns", Text(record, "EventSource"));
        Assert.Equal(("hello ü", "greeting", arn), (Text(record.GetProperty("Sns"), "Message"), Text(record.GetProperty("Sns"), "Subject"), Text(record.GetProperty("Sns"), "TopicArn")));
        Assert.Equal("7", Text(record.GetProperty("Sns").GetProperty("MessageAttributes").GetProperty("n"), "Value"));
    }

    [Fact]
    public async Task FillQueuesByTheirFilters()
    {
        var (arn, all, some, closed) = (await Make("filtered"), await MakeQueue("all", Topic + "filtered"), await MakeQueue("some", Topic + "filtered"), await MakeQueue("closed-queue", null));
        await Subscribe(arn, "sqs", Queue + "all", """{"RawMessageDelivery":"true"}""");
        await Subscribe(arn, "sqs", Queue + "some", """{"FilterPolicy":"{\"status\":[\"FAILED\"],\"exit_code\":[{\"numeric\":[\">\",0]}]}"}""");
        await Subscribe(arn, "sqs", Queue + "closed-queue");

        await Sns("publish", "--topic-arn", arn, "--message", "one", "--message-attributes", """{"status":{"DataType":"String","StringValue":"FAILED"},"exit_code":{"DataType":"Number","StringValue":"3"}}""");
        await Sns("publish", "--topic-arn", arn, "--message", "two", "--message-attributes", """{"status":{"DataType":"String","StringValue":"SUCCEEDED"},"exit_code":{"DataType":"Number","StringValue":"0"}}""");
        await Sns("publish", "--topic-arn", arn, "--message", """{"default":"three","sqs":"three for queues"}""", "--message-structure", "json");
        var (raw, wrapped) = (await Receive(all), await Receive(some));
        var envelope = JsonDocument.Parse(Text(Assert.Single(wrapped), "Body")!).RootElement;

        Assert.Equal(["one", "three for queues", "two"], raw.Select(message => Text(message, "Body")).Order(StringComparer.Ordinal));
        Assert.Equal("FAILED", Text(raw.Single(message => Text(message, "Body") == "one").GetProperty("MessageAttributes").GetProperty("status"), "StringValue"));
        Assert.Equal(("Notification", "one", arn), (Text(envelope, "Type"), Text(envelope, "Message"), Text(envelope, "TopicArn")));
        Assert.Equal("3", Text(envelope.GetProperty("MessageAttributes").GetProperty("exit_code"), "Value"));
        Assert.Empty(await Receive(closed));
    }

    [Fact]
    public async Task AskWebServersFirstAndTryAgain()
    {
        await using var server = new Listener(refusals: 2);
        var (arn, address) = (await Make("to-web"), await server.Start());
        var pending = await Json("subscribe", "--topic-arn", arn, "--protocol", "http", "--notification-endpoint", address);

        var question = await server.Next("SubscriptionConfirmation");
        await Sns("publish", "--topic-arn", arn, "--message", "too early");
        using var http = new HttpClient();
        var confirmed = await http.GetStringAsync(new Uri(Text(question, "SubscribeURL")!), TestContext.Current.CancellationToken);
        await Sns("publish", "--topic-arn", arn, "--message", "in time");
        var told = await server.Next("Notification");

        Assert.Equal("pending confirmation", Text(pending, "SubscriptionArn"));
        Assert.Contains(arn, confirmed, StringComparison.Ordinal);
        Assert.Equal("in time", Text(told, "Message"));
        Assert.Equal(2, server.Refused);
    }

    [Theory]
    [InlineData("(InvalidParameter)", "create-topic", "--name", "bad name")]
    [InlineData("(InvalidParameter)", "subscribe", "--topic-arn", Topic + "strict", "--protocol", "email", "--notification-endpoint", "a@example.org")]
    [InlineData("(InvalidParameter)", "subscribe", "--topic-arn", Topic + "strict", "--protocol", "sqs", "--notification-endpoint", Lambda + "f")]
    [InlineData("(InvalidParameter)", "subscribe", "--topic-arn", Topic + "strict", "--protocol", "sqs", "--notification-endpoint", Queue + "q", "--attributes", """{"FilterPolicy":"{\"a\":\"b\"}"}""")]
    [InlineData("(NotFound)", "publish", "--topic-arn", Topic + "nowhere", "--message", "x")]
    public async Task RefuseWhatAwsRefuses(string error, params string[] call)
    {
        await Make("strict");

        var refused = await functions.TryAws(["sns", .. call]);

        Assert.Equal(254, refused.ExitCode);
        Assert.Contains(error, refused.Error, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private Task<string> Sns(params string[] arguments) => functions.Aws(["sns", .. arguments]);

    private async Task<JsonElement> Json(params string[] arguments) => JsonDocument.Parse(await functions.Aws(["sns", .. arguments, "--output", "json"])).RootElement;

    private async Task<string> Make(string name) => Text(await Json("create-topic", "--name", name), "TopicArn")!;

    private Task Subscribe(string topic, string protocol, string endpoint, string attributes = "{}") =>
        Sns("subscribe", "--topic-arn", topic, "--protocol", protocol, "--notification-endpoint", endpoint, "--attributes", attributes);

    /// <returns>Its address.</returns>
    private async Task<string> MakeQueue(string name, string? topic)
    {
        var policy = $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"{{{Queue}}}{{{name}}}","Condition":{"ArnEquals":{"aws:SourceArn":"{{{topic}}}" } } }] }""";
        var attributes = topic is null ? "{}" : JsonSerializer.Serialize(new Dictionary<string, string> { ["Policy"] = policy });
        return Text(JsonDocument.Parse(await functions.Aws("sqs", "create-queue", "--queue-name", name, "--attributes", attributes, "--output", "json")).RootElement, "QueueUrl")!;
    }

    private async Task<IReadOnlyList<JsonElement>> Receive(string url)
    {
        var answer = await functions.Aws("sqs", "receive-message", "--queue-url", url, "--max-number-of-messages", "10", "--message-attribute-names", "All", "--output", "json");
        return answer.Trim().Length == 0 ? [] : [.. JsonDocument.Parse(answer).RootElement.GetProperty("Messages").EnumerateArray()];
    }

    /// <summary>A web server that takes what SNS posts, after it has refused some.</summary>
    private sealed class Listener(int refusals) : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> got = new();
        private WebApplication? server;
        private int refused;

        public int Refused => refused;

        public async Task<string> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            server = builder.Build();
            server.MapPost("/", Take);
            await server.StartAsync(TestContext.Current.CancellationToken);
            return server.Urls.Single() + "/";
        }

        public Task<JsonElement> Next(string kind) => Of(kind).Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync() => await (server?.DisposeAsync() ?? default);

        private async Task<IResult> Take(HttpRequest request)
        {
            if (refused < refusals)
            {
                refused++;
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }

            using var reader = new StreamReader(request.Body, Encoding.UTF8);
            Of(request.Headers["x-amz-sns-message-type"].ToString()).TrySetResult(JsonDocument.Parse(await reader.ReadToEndAsync(request.HttpContext.RequestAborted)).RootElement);
            return Results.Ok();
        }

        private TaskCompletionSource<JsonElement> Of(string kind) => got.GetOrAdd(kind, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
