namespace ScarNet.Core.Events;

/// <summary>A bucket and a decoded key. Never a file path: a key is untrusted text.</summary>
public sealed record ObjectPath(string Bucket, string Key)
{
    /// <summary>The last '/'-separated part of the key.</summary>
    public string FileName => Key[(Key.LastIndexOf('/') + 1)..];

    public override string ToString() => $"s3://{Bucket}/{Key}";
}
