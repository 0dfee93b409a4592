using ScarNet.Local.S3.Notifications;

namespace ScarNet.Local.S3.Buckets;

/// <summary>A bucket as one transaction sees it.</summary>
internal sealed record Bucket(long Id, string Name, DateTimeOffset Created, Versioning Versioning, NotificationConfiguration Notifications)
{
    /// <summary>arn:aws:s3:::name</summary>
    public string Arn => $"arn:aws:s3:::{Name}";
}
