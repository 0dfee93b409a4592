namespace ScarNet.Cli.Deploy;

/// <summary>What of ours a function's policy says: who may call it. Of each statement whether it is as it should be.</summary>
/// <param name="Buckets">By the bucket that S3 may call it for.</param>
/// <param name="Rule">For its rule of EventBridge; null when there is no such statement.</param>
internal sealed record FunctionStatements(IReadOnlyDictionary<string, bool> Buckets, bool? Rule);
