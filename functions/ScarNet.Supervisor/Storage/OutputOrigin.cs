using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core.Events;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>What the outputs of one run say of where they came from, and what they are to be besides.</summary>
/// <param name="InvocationId">The invocation.</param>
/// <param name="Source">Its object; null for other data.</param>
/// <param name="Hops">Functions the outputs have passed through, this one included.</param>
internal sealed record OutputOrigin(string InvocationId, ObjectPath? Source, int Hops)
{
    private readonly string? source = Source is null ? null : ObjectMetadata.SourceOf(Source);

    /// <summary>Of the output at hand.</summary>
    public OutputProperties Properties { get; init; } = OutputProperties.None;

    public bool IsSameRun(string? run) => run == InvocationId;

    /// <summary>Outputs of other data have no source: only their own run may write them again.</summary>
    public bool IsSameSource(string? other) => source is not null && (other == source || other == ObjectMetadata.Shortened(source));

    public void AddTo(PutObjectRequest request)
    {
        AddTo(request.Metadata);
        request.TagSet = Tags();
        request.ContentType = Properties.ContentType ?? ContentTypes.Of(request.Key);
        request.StorageClass = StorageClass();
        request.ServerSideEncryptionMethod = Encryption();
        request.ServerSideEncryptionKeyManagementServiceKeyId = Properties.KmsKey;
    }

    public void AddTo(InitiateMultipartUploadRequest request)
    {
        AddTo(request.Metadata);
        request.TagSet = Tags();
        request.ContentType = Properties.ContentType ?? ContentTypes.Of(request.Key);
        request.StorageClass = StorageClass();
        request.ServerSideEncryptionMethod = Encryption();
        request.ServerSideEncryptionKeyManagementServiceKeyId = Properties.KmsKey;
    }

    private void AddTo(MetadataCollection metadata)
    {
        var others = 0;
        foreach (var (name, value) in Properties.Metadata)
        {
            metadata[name] = value;
            others += name.Length + value.Length;
        }

        metadata[ObjectMetadata.Run] = InvocationId;
        metadata[ObjectMetadata.Hops] = $"{Hops}";
        if (source is not null)
        {
            metadata[ObjectMetadata.Source] = ObjectMetadata.Fits(source, others) ? source : ObjectMetadata.Shortened(source);
        }
    }

    // The SDK encodes them for the header.
    private List<Tag>? Tags() => Properties.Tags.Count == 0 ? null : [.. Properties.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

    private S3StorageClass? StorageClass() => Properties.StorageClass is { } name ? new(name) : null;

    // A key says that it is KMS's.
    private ServerSideEncryptionMethod? Encryption() =>
        (Properties.Encryption ?? (Properties.KmsKey is null ? null : "aws:kms")) is { } name ? new(name) : null;
}
