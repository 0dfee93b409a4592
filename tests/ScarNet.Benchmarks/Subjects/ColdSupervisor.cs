using System.Diagnostics;
using System.Text.Json;
using ScarNet.Benchmarks.Clients;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Benchmarks.Subjects;

/// <summary>The native supervisor, started anew as a Lambda runtime for each event.</summary>
internal sealed class ColdSupervisor : IDisposable
{
    private const string Account = "000000000000";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private const string Copy = "#!/bin/sh\nexec cp \"$INPUT_FILE_PATH\" \"$TMP_OUTPUT_DIR\"\n";

    private readonly Scratch task = new();
    private readonly S3Endpoint s3;
    private long events = DateTime.UtcNow.Ticks; // an event of its own each time, even for one object
    private readonly IReadOnlyDictionary<string, string> environment;

    /// <param name="s3">Where its buckets are.</param>
    /// <param name="environment">Endpoint and keys, as the SDK reads them.</param>
    /// <param name="script">What it runs; it has no image.</param>
    /// <param name="inputs">Addresses of what it fetches beside the event's object.</param>
    public ColdSupervisor(S3Endpoint s3, IReadOnlyDictionary<string, string> environment, string script = Copy, params string[] inputs)
    {
        this.s3 = s3;
        this.environment = environment;
        var spec = new JobSpec
        {
            Function = "bench",
            Pipeline = "bench",
            Mode = ExecutionMode.Lambda,
            Script = new ScriptSpec(script, null, S3Endpoint.Hash(System.Text.Encoding.UTF8.GetBytes(script)), []),
            Triggers = [new Trigger("bench", "in/")],
            Inputs = [.. inputs.Select(address => new InputRule(address))],
            Outputs = [new OutputRule("bench", "out/")],
            Overwrite = true,
            ArtifactBucket = ArtifactKeys.Bucket(Account, s3.Region),
            Account = Account,
        };
        File.Copy(Path.Combine(Repository.Root, ".build", "supervisor", "supervisor"), Bootstrap);
        File.WriteAllText(task.File("function.json"), JsonSerializer.Serialize(spec, Json.Default.JobSpec));
    }

    /// <summary>The supervisor as a zip function holds it: beside its function.json.</summary>
    private string Bootstrap => task.File("bootstrap");

    /// <summary>Makes the buckets that init would have made.</summary>
    public async Task Prepare(CancellationToken cancellation)
    {
        using var connection = new LeanConnection(s3);
        foreach (var bucket in (string[])["bench", ArtifactKeys.Bucket(Account, s3.Region)])
        {
            await connection.Send("PUT", "/" + bucket, default, S3Endpoint.EmptyHash, cancellation);
        }
    }

    /// <summary>Has one object handled.</summary>
    /// <param name="name">Name of the object below in/, which exists.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="cancellation">Ends the supervisor.</param>
    /// <returns>From process start to the answer to Lambda, and the peak of its resident memory.</returns>
    public async Task<(TimeSpan Time, long PeakBytes)> Handle(string name, long size, CancellationToken cancellation)
    {
        using var api = new RuntimeApi(Event(name, size, ++events));
        var variables = new Dictionary<string, string>(environment)
        {
            ["AWS_LAMBDA_RUNTIME_API"] = api.Address,
            ["AWS_LAMBDA_FUNCTION_NAME"] = "bench",
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512",
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/bench",
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = "bench",
            ["LAMBDA_TASK_ROOT"] = task.Directory,
        };
        var watch = Stopwatch.StartNew();
        using var process = Command.Start(Bootstrap, [], variables);
        try
        {
            var talk = process.StandardError.ReadToEndAsync(cancellation);
            _ = process.StandardOutput.ReadToEndAsync(cancellation);
            var first = await Task.WhenAny(api.Answered, talk).WaitAsync(Longest, cancellation);
            if (first == talk)
            {
                throw new InvalidOperationException("the supervisor ended early: " + await talk);
            }

            await api.Answered;
            return (watch.Elapsed, Memory.PeakBytes(process.Id));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => task.Dispose();

    private static byte[] Event(string name, long size, long sequencer) => System.Text.Encoding.UTF8.GetBytes($$"""
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-01-01T00:00:00.000Z",
        "eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0","bucket":{"name":"bench","arn":"arn:aws:s3:::bench"},
        "object":{"key":"in/{{name}}","size":{{size}},"sequencer":"{{sequencer:X16}}"} } }]}
        """);
}
