using System.Collections.Concurrent;

namespace ScarNet.Cli.Deploy;

/// <summary>Which objects a run has put into which bucket. Thread-safe.</summary>
internal sealed class PutObjects
{
    private readonly ConcurrentDictionary<(string Bucket, string Key), bool> put = new();

    /// <summary>Before it is put: the answer may be lost.</summary>
    public void Add(string bucket, string key) => put[(bucket, key)] = true;

    public bool Contains(string bucket, string key) => put.ContainsKey((bucket, key));

    public bool AnyIn(string bucket) => put.Keys.Any(one => one.Bucket == bucket);
}
