using Amazon.S3.Model;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>What the outputs of one run say of where they came from.</summary>
/// <param name="InvocationId">The invocation.</param>
/// <param name="Source">Its object; null for other data.</param>
/// <param name="Hops">Functions the outputs have passed through, this one included.</param>
internal sealed record OutputOrigin(string InvocationId, ObjectPath? Source, int Hops)
{
    private readonly string? source = Source is null ? null : ObjectMetadata.SourceOf(Source);

    public bool IsSameRun(string? run) => run == InvocationId;

    /// <summary>Outputs of other data have no source: only their own run may write them again.</summary>
    public bool IsSameSource(string? other) => source is not null && other == source;

    public void AddTo(MetadataCollection metadata)
    {
        metadata[ObjectMetadata.Run] = InvocationId;
        metadata[ObjectMetadata.Hops] = $"{Hops}";
        if (source is not null)
        {
            metadata[ObjectMetadata.Source] = source;
        }
    }
}
