using System.Text.Json;
using Amazon.Runtime;
using ScarNet.Aws.Lambda;
using ScarNet.Aws.Lambda.Model;
using ScarNet.EndToEnd.Support;
using ScarNet.Local.Lambda;

namespace ScarNet.EndToEnd.Lambda;

/// <summary>Events: durable, retried, bounded, and told about.</summary>
public sealed class AsynchronousInvocations(BashFunctions functions) : IClassFixture<BashFunctions>
{
    [Fact]
    public async Task AreAcceptedAtOnceAndCarriedOut()
    {
        var file = Path.Join(functions.Files, "done");
        await functions.Create("event", $"echo \"$EVENT\" > {file}; echo 1");

        var (said, _) = await functions.Invoke("event", """{"n":1}""", "--invocation-type", "Event");
        var status = await functions.Engine.UntilIdle();

        Assert.Equal(202, said.GetProperty("StatusCode").GetInt32());
        Assert.Equal("""{"n":1}""", (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim());
        Assert.Equal(1, status.Functions.Single(f => f.Name == "event").Succeeded);
    }

    [Fact]
    public async Task AreTriedThreeTimesWithOneRequestIdAndThenGoToTheirDestination()
    {
        var (tries, failure) = (Path.Join(functions.Files, "tries"), Path.Join(functions.Files, "failure"));
        await functions.Create("stubborn", $"echo $ID >> {tries}; return 1");
        await functions.Create("undertaker", $"echo \"$EVENT\" > {failure}; echo 1");
        await functions.Aws("lambda", "put-function-event-invoke-config", "--function-name", "stubborn", "--destination-config", """{"OnFailure":{"Destination":"arn:aws:lambda:us-east-1:000000000000:function:undertaker"}}""");

        await functions.Invoke("stubborn", """{"n":2}""", "--invocation-type", "Event");
        var status = await functions.Engine.UntilIdle();
        var ids = await File.ReadAllLinesAsync(tries, TestContext.Current.CancellationToken);
        var record = JsonDocument.Parse(await File.ReadAllTextAsync(failure, TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal(3, ids.Length);
        Assert.Single(ids.Distinct());
        Assert.Equal("RetriesExhausted", record.GetProperty("requestContext").GetProperty("condition").GetString());
        Assert.Equal(ids[0], record.GetProperty("requestContext").GetProperty("requestId").GetString());
        Assert.Equal(3, record.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Equal(2, record.GetProperty("requestPayload").GetProperty("n").GetInt32());
        Assert.Equal("the handler said no", record.GetProperty("responsePayload").GetProperty("errorMessage").GetString());
        Assert.Equal(1, status.Functions.Single(f => f.Name == "stubborn").Failed);
    }

    [Fact]
    public async Task MayFailWithWordsThatAreNoText()
    {
        await functions.Create("wordless", """curl -sS -o /dev/null --data-binary '{"errorMessage":"\udcff","errorMessage":"\udcff!"}' "$API/invocation/$ID/error"; echo 1""");
        var queue = JsonDocument.Parse(await functions.Aws("sqs", "create-queue", "--queue-name", "wordless", "--output", "json")).RootElement.GetProperty("QueueUrl").GetString()!;
        await functions.Aws("lambda", "put-function-event-invoke-config", "--function-name", "wordless", "--maximum-retry-attempts", "1", "--destination-config", """{"OnFailure":{"Destination":"arn:aws:sqs:us-east-1:000000000000:wordless"}}""");

        await functions.Invoke("wordless", """{"name":"\udcff"}""", "--invocation-type", "Event");
        var status = await functions.Engine.UntilIdle();
        var letter = JsonDocument.Parse(await functions.Aws("sqs", "receive-message", "--queue-url", queue, "--output", "json")).RootElement.GetProperty("Messages")[0];
        var record = JsonDocument.Parse(letter.GetProperty("Body").GetString()!).RootElement;

        Assert.Equal(("\ufffd", "\ufffd!"), (record.GetProperty("requestPayload").GetProperty("name").GetString(), record.GetProperty("responsePayload").GetProperty("errorMessage").GetString()));
        Assert.Equal(1, status.Functions.Single(f => f.Name == "wordless").Failed);
    }

    [Fact]
    public async Task StartWhenAnObjectIsDroppedInABucketThatMayCallThem()
    {
        var file = Path.Join(functions.Files, "dropped");
        await functions.Create("dropped", $"echo \"$EVENT\" > {file}; return 1");
        await functions.Aws("s3", "mb", "s3://drop-box");
        await functions.Aws("s3", "mb", "s3://morgue");
        await functions.Aws("lambda", "put-function-event-invoke-config", "--function-name", "dropped", "--maximum-retry-attempts", "0", "--destination-config", """{"OnFailure":{"Destination":"arn:aws:s3:::morgue"}}""");
        string[] notify = ["s3api", "put-bucket-notification-configuration", "--bucket", "drop-box", "--notification-configuration",
            """{"LambdaFunctionConfigurations":[{"LambdaFunctionArn":"arn:aws:lambda:us-east-1:000000000000:function:dropped","Events":["s3:ObjectCreated:*"]}]}"""];

        var early = await functions.TryAws(notify);
        await functions.Aws("lambda", "add-permission", "--function-name", "dropped", "--statement-id", "s3", "--action", "lambda:InvokeFunction", "--principal", "s3.amazonaws.com", "--source-arn", "arn:aws:s3:::drop-box", "--source-account", "000000000000");
        await functions.Aws(notify);
        await functions.Aws("s3", "cp", functions.WriteFile("photo.jpg", "not one"), "s3://drop-box/a b/photo.jpg");
        await functions.Engine.UntilIdle();
        var key = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).RootElement
            .GetProperty("Records")[0].GetProperty("s3").GetProperty("object").GetProperty("key").GetString();
        var dead = (await functions.Aws("s3", "ls", "--recursive", "s3://morgue/")).Trim();
        var record = JsonDocument.Parse(await functions.Aws("s3", "cp", $"s3://morgue/{dead.Split(' ')[^1]}", "-")).RootElement;

        Assert.Contains("Unable to validate the following destination configurations", early.Error, StringComparison.Ordinal);
        Assert.Equal("a+b/photo.jpg", key);
        Assert.Contains(" aws/lambda/async/dropped/", dead, StringComparison.Ordinal);
        Assert.Equal(1, record.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Equal("a+b/photo.jpg", record.GetProperty("requestPayload").GetProperty("Records")[0].GetProperty("s3").GetProperty("object").GetProperty("key").GetString());
    }

    [Fact]
    public async Task SayWhenTheirDestinationIsNotAvailableHere()
    {
        await functions.Create("to-sqs", "return 1", "--dead-letter-config", "TargetArn=arn:aws:sqs:us-east-1:000000000000:dead");

        await Enqueue(1, "to-sqs");
        await functions.Engine.UntilIdle();
        var log = await functions.Log("to-sqs", "\"could not be sent to\"");

        Assert.Contains("could not be sent to arn:aws:sqs:us-east-1:000000000000:dead: there is none here", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NeverRunMoreAtOnceThanTheEngineMay()
    {
        var file = Path.Join(functions.Files, "running");
        await functions.Create("counted", $"exec 9>>{file}; echo + >&9; sleep 0.1; echo - >&9; echo 1");
        await functions.Create("counted-too", $"exec 9>>{file}; echo + >&9; sleep 0.1; echo - >&9; echo 1");

        await Enqueue(20, "counted", "counted-too");
        await functions.Engine.UntilIdle();
        var (now, most) = (0, 0);
        foreach (var line in await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken))
        {
            now += line == "+" ? 1 : -1;
            most = Math.Max(most, now);
        }

        Assert.Equal(2, most);
        Assert.Equal(0, now);
    }

    [Fact]
    public async Task KeepToTheReservedConcurrencyOfTheirFunction()
    {
        var file = Path.Join(functions.Files, "alone");
        await functions.Create("alone", $"mkdir {file} || {{ touch {file}.twice; }}; sleep 0.05; rmdir {file}; echo 1");
        await functions.Aws("lambda", "put-function-concurrency", "--function-name", "alone", "--reserved-concurrent-executions", "1");

        await Enqueue(10, "alone");
        await functions.Engine.UntilIdle();

        Assert.False(File.Exists(file + ".twice"));
    }

    [Fact]
    public async Task LetOtherFunctionsTakeTurnsWithALongBacklog()
    {
        await functions.Create("backlog", "sleep 0.02; echo 1");
        await functions.Create("quick", "echo 1");

        await Enqueue(200, "backlog");
        await Enqueue(1, "quick");
        var status = await functions.Engine.Until(s => s.Functions.Single(f => f.Name == "quick").Succeeded == 1);
        var left = status.Functions.Single(f => f.Name == "backlog").Pending;
        await functions.Engine.UntilIdle();

        Assert.True(left > 100, $"only {left} of the backlog were left");
    }

    [Fact]
    public async Task GoOnWithTheSameRequestIdAfterTheEngineWasStopped()
    {
        var (started, ended) = (Path.Join(functions.Files, "started"), Path.Join(functions.Files, "ended"));
        await functions.Create(
            "resumed", $"[ -e {started} ] || first=yes; echo $ID >> {started}; [ -z \"$first\" ] || sleep 60; echo $ID >> {ended}; echo 1", "--timeout", "90");
        await functions.Invoke("resumed", "{}", "--invocation-type", "Event");
        await Eventually(() => File.Exists(started));

        await functions.Restart();
        await functions.Engine.UntilIdle();
        var (starts, ends) = (await File.ReadAllLinesAsync(started, TestContext.Current.CancellationToken), await File.ReadAllLinesAsync(ended, TestContext.Current.CancellationToken));

        Assert.Equal(2, starts.Length);
        Assert.Single(starts.Distinct());
        Assert.Single(ends);
    }

    [Fact]
    public async Task OfAFunctionThatIsGoneFailAndSaySo()
    {
        await functions.Create("never-there", "echo 1");
        await functions.Aws("lambda", "put-function-concurrency", "--function-name", "never-there", "--reserved-concurrent-executions", "0");
        await Enqueue(1, "never-there");
        await functions.Aws("lambda", "delete-function", "--function-name", "never-there");

        var status = await functions.Engine.UntilIdle();
        var failures = functions.Engine.Context.Database.Read(db => Outcomes.LastFailures(db, 10));

        Assert.Equal(1, status.Functions.Single(f => f.Name == "never-there").Failed);
        Assert.Contains(failures, f => f.Function == "never-there" && f.Reason.StartsWith("there is no function 'never-there'", StringComparison.Ordinal));
    }

    private async Task Enqueue(int count, params string[] names)
    {
        using var client = new AmazonLambdaClient(
            new BasicAWSCredentials(functions.Engine.AccessKey, functions.Engine.SecretKey),
            new AmazonLambdaConfig { ServiceURL = functions.Engine.Endpoint.GetLeftPart(UriPartial.Authority) });
        for (var i = 0; i < count; i++)
        {
            await client.InvokeAsync(
                new InvokeRequest { FunctionName = names[i % names.Length], InvocationType = "Event" }, TestContext.Current.CancellationToken);
        }
    }

    private static async Task Eventually(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(10, deadline.Token);
        }
    }
}
