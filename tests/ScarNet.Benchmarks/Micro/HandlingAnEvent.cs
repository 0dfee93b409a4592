using BenchmarkDotNet.Attributes;
using ScarNet.Core.Events;
using ScarNet.Core.Functions;

namespace ScarNet.Benchmarks.Micro;

/// <summary>The domain's share of an invocation: read S3's JSON, decide whether the function works on it, derive the id.</summary>
/// <remarks>In this process: the project that BenchmarkDotNet would generate does not build under this repository's rules.</remarks>
[InProcess]
[MemoryDiagnoser]
public class HandlingAnEvent
{
    private static readonly byte[] Payload = """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-01-01T00:00:00.000Z",
        "eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0","bucket":{"name":"bench","arn":"arn:aws:s3:::bench"},
        "object":{"key":"in/red+flower.jpg","size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e","sequencer":"0055AED6DCD90281E5"}}}]}
        """u8.ToArray();

    private static readonly Trigger[] Triggers = [new("bench", "in/")];

    [Benchmark]
    public string ReadRouteAndName()
    {
        var e = EventReader.Read(Payload).Records[0].Event!;
        return Router.ReasonToSkip(Triggers, e) ?? Invocation.IdOf("bench", e);
    }
}
