namespace ScarNet.Local.S3.Buckets;

/// <summary>What a bucket does with the objects that are overwritten or deleted. Once enabled it is never off again, only suspended.</summary>
internal enum Versioning
{
    Off,
    Enabled,
    Suspended,
}
