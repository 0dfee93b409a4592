namespace ScarNet.Cli.Deploy;

/// <summary>What of ours a function's policy says: who may call it. Of each statement whether it is as it should be.</summary>
/// <param name="Buckets">By the bucket that S3 may call it for.</param>
/// <param name="Rule">For its rule of EventBridge; null when there is no such statement.</param>
internal sealed record FunctionStatements(IReadOnlyDictionary<string, bool> Buckets, bool? Rule)
{
    public static readonly FunctionStatements None = new(new Dictionary<string, bool>(), null);

    public bool IsEmpty => Buckets.Count == 0 && Rule is null;

    /// <summary>These, and of others what is not among them.</summary>
    public FunctionStatements And(FunctionStatements others) =>
        new(Buckets.Concat(others.Buckets.Where(other => !Buckets.ContainsKey(other.Key))).ToDictionary(), Rule ?? others.Rule);
}
