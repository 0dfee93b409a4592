using System.Text;
using ScarNet.Aws.Status;
using ScarNet.EndToEnd.Support;
using ScarNet.Local.Lambda;

namespace ScarNet.EndToEnd.Lambda;

/// <summary>A long queue, and a runtime that does next to nothing.</summary>
public sealed class DispatchingManyEvents(BashFunctions functions) : IClassFixture<BashFunctions>
{
    private const string PythonLoop = """
        #!/usr/bin/python3
        import http.client, os
        host, root = os.environ["AWS_LAMBDA_RUNTIME_API"].split("/", 1)
        api = http.client.HTTPConnection(host)
        while True:
            api.request("GET", f"/{root}/2018-06-01/runtime/invocation/next")
            event = api.getresponse()
            event.read()
            api.request("POST", f"/{root}/2018-06-01/runtime/invocation/{event.headers['Lambda-Runtime-Aws-Request-Id']}/response", b"1")
            api.getresponse().read()
        """;

    [Fact]
    public async Task HandlesEveryOneOnce()
    {
        functions.WriteFile("many.zip", BashFunctions.Zip(("bootstrap", PythonLoop)));
        await functions.Aws("lambda", "create-function", "--function-name", "many", "--zip-file", "fileb://many.zip", "--runtime", "provided.al2023", "--handler", "x", "--role", "arn:aws:iam::000000000000:role/r");

        var status = await Dispatch(4_000);

        Assert.Equal((4_001, 0), (status.Functions.Single(f => f.Name == "many").Succeeded, status.Failed));
    }

    /// <summary>Puts events in as S3 does, in one transaction, wakes the dispatcher with one more, and waits for the last.</summary>
    private async Task<EngineStatus> Dispatch(int count)
    {
        await functions.Engine.Context.Database.Write(
            db =>
            {
                for (var i = 0; i < count; i++)
                {
                    AsyncQueue.Enqueue(db, "arn:aws:lambda:us-east-1:000000000000:function:many", Encoding.UTF8.GetBytes($"{i}"), DateTimeOffset.UtcNow);
                }
            },
            TestContext.Current.CancellationToken);
        await functions.Invoke("many", "{}", "--invocation-type", "Event");
        return await functions.Engine.UntilIdle();
    }
}
