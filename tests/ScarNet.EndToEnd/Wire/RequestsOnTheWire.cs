using System.Net;
using System.Reflection;
using System.Text;
using Amazon.Runtime;
using ScarNet.Aws;

namespace ScarNet.EndToEnd.Wire;

/// <summary>The clients that the feed has no package for, against AWS's own description of the services.</summary>
public sealed class RequestsOnTheWire : IDisposable
{
    private readonly Recorder recorder = new();
    private readonly AwsClients clients;

    public RequestsOnTheWire() => clients = new AwsClients(new AwsSettings
    {
        AccessKey = "AKIDEXAMPLE",
        SecretKey = "secret",
        Region = "eu-central-1",
        Endpoint = "http://127.0.0.1:1",
        Http = recorder,
    });

    /// <summary>Every call of every client.</summary>
    public static TheoryData<string, string> Calls
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var client in new[] { nameof(AwsClients.Batch), nameof(AwsClients.Lambda), nameof(AwsClients.Logs), nameof(AwsClients.Iam), nameof(AwsClients.Sns), nameof(AwsClients.CloudFormation), nameof(AwsClients.Ecr), nameof(AwsClients.SecretsManager), nameof(AwsClients.Ssm), nameof(AwsClients.Ec2), nameof(AwsClients.EventBridge) })
            {
                foreach (var call in typeof(AwsClients).GetProperty(client)!.PropertyType
                    .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    .Where(m => m.Name.EndsWith("Async", StringComparison.Ordinal)))
                {
                    data.Add(client, call.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task NameOnlyMembersTheServiceKnows(string client, string call)
    {
        recorder.Answer = call => call.Service is "iam" or "sns" or "cloudformation" or "ec2" ? Xml("<r/>") : Json("{}");
        var target = typeof(AwsClients).GetProperty(client)!.GetValue(clients)!;
        var method = target.GetType().GetMethod(call)!;
        var request = SampleRequests.Of(method.GetParameters()[0].ParameterType);

        await (Task)method.Invoke(target, [request, TestContext.Current.CancellationToken])!;

        var sent = Assert.Single(recorder.Calls);
        var model = ServiceModel.Of(sent.Service);
        Assert.Equal(call, model.Find(sent)?.Name + "Async");
        Assert.Empty(WireCheck.Problems(sent, model, values: false));
    }

    [Fact]
    public async Task CarryASignatureForTheServiceAndRegion()
    {
        recorder.Answer = _ => Json("{}");

        await clients.Logs.DescribeLogGroupsAsync(new(), TestContext.Current.CancellationToken);

        var sent = Assert.Single(recorder.Calls);
        Assert.Contains("/eu-central-1/logs/aws4_request", sent.Headers["authorization"], StringComparison.Ordinal);
        Assert.Equal("application/x-amz-json-1.1", sent.Headers["content-type"]);
    }

    [Fact]
    public async Task GoToTheEndpointOfTheService()
    {
        using var regional = new AwsClients(new AwsSettings { AccessKey = "a", SecretKey = "b", Region = "cn-north-1", Http = recorder });
        recorder.Answer = _ => Json("{}");

        await regional.Batch.ListJobsAsync(new(), TestContext.Current.CancellationToken);
        await regional.Lambda.ListFunctionsAsync(new(), TestContext.Current.CancellationToken);

        Assert.Equal(
            ["batch.cn-north-1.amazonaws.com.cn", "lambda.cn-north-1.amazonaws.com.cn"], recorder.Calls.Select(c => c.Uri.Host));
    }

    [Theory]
    [InlineData("""{"message":"no such job"}""", "ClientException:http://internal.amazon.com/coral/", "ClientException", "no such job")]
    [InlineData("""{"__type":"com.amazonaws.batch#ClientException","Message":"no such job"}""", null, "ClientException", "no such job")]
    [InlineData("<html>proxy</html>", null, "BadRequest", "the server answered 400 BadRequest without an error that AWS would send")]
    public async Task ThatFailSayWhy(string body, string? header, string code, string message)
    {
        recorder.Answer = _ => Json(body, HttpStatusCode.BadRequest, header);

        var error = await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => clients.Batch.DescribeJobsAsync(new() { Jobs = ["x"] }, TestContext.Current.CancellationToken));

        Assert.Equal((code, message, HttpStatusCode.BadRequest), (error.ErrorCode, error.Message, error.StatusCode));
    }

    [Fact]
    public async Task AreSentAgainWhenTheServiceThrottles()
    {
        recorder.Answer = _ => recorder.Calls.Count < 3
            ? Json("""{"message":"slow down"}""", HttpStatusCode.TooManyRequests, "TooManyRequestsException")
            : Json("""{"jobId":"1"}""");

        var answer = await clients.Batch.SubmitJobAsync(
            new() { JobName = "a", JobQueue = "q", JobDefinition = "d:1" }, TestContext.Current.CancellationToken);

        Assert.Equal("1", answer.JobId);
        Assert.Equal(3, recorder.Calls.Count);
    }

    [Fact]
    public async Task OfAnInvocationBringBackWhatTheFunctionSaid()
    {
        recorder.Answer = _ => Invocation();

        var answer = await clients.Lambda.InvokeAsync(
            new() { FunctionName = "f", InvocationType = "RequestResponse", LogType = "Tail", PayloadStream = new("[1]"u8.ToArray()) },
            TestContext.Current.CancellationToken);

        Assert.Equal("""{"errorMessage":"x"}""", Encoding.UTF8.GetString(answer.Payload!.ToArray()));
        Assert.Equal(("Unhandled", "bG9n", 200), (answer.FunctionError, answer.LogResult, answer.StatusCode));
        var sent = Assert.Single(recorder.Calls);
        Assert.Equal("[1]", Encoding.UTF8.GetString(sent.Body));
        Assert.Empty(WireCheck.Problems(sent, ServiceModel.Of("lambda")));
    }

    [Theory]
    [InlineData("eu-central-1", "iam.amazonaws.com", "us-east-1")]
    [InlineData("cn-northwest-1", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("us-gov-east-1", "iam.us-gov.amazonaws.com", "us-gov-west-1")]
    public async Task OfIamGoToTheOnePlaceOfThePartition(string region, string host, string signedFor)
    {
        using var regional = new AwsClients(new AwsSettings { AccessKey = "a", SecretKey = "b", Region = region, Http = recorder });
        recorder.Answer = _ => Xml("<r/>");

        await regional.Iam.GetRoleAsync(new() { RoleName = "r" }, TestContext.Current.CancellationToken);

        var sent = Assert.Single(recorder.Calls);
        Assert.Equal(host, sent.Uri.Host);
        Assert.Contains($"/{signedFor}/iam/aws4_request", sent.Headers["authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfIamThatFailSayWhy()
    {
        recorder.Answer = _ => Xml(
            """
            <ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code>
            <Message>The role with name r cannot be found.</Message></Error><RequestId>1</RequestId></ErrorResponse>
            """,
            HttpStatusCode.NotFound);

        var error = await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => clients.Iam.GetRoleAsync(new() { RoleName = "r" }, TestContext.Current.CancellationToken));

        Assert.Equal(("NoSuchEntity", "The role with name r cannot be found.", HttpStatusCode.NotFound), (error.ErrorCode, error.Message, error.StatusCode));
    }

    public void Dispose() => clients.Dispose();

    private static HttpResponseMessage Xml(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "text/xml") };

    private static HttpResponseMessage Invocation()
    {
        var answer = Json("""{"errorMessage":"x"}""");
        answer.Headers.Add("X-Amz-Function-Error", "Unhandled");
        answer.Headers.Add("X-Amz-Log-Result", "bG9n");
        return answer;
    }

    private static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK, string? errorType = null)
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (errorType is not null)
        {
            answer.Headers.Add("x-amzn-ErrorType", errorType);
        }

        return answer;
    }
}
