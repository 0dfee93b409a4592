namespace ScarNet.Local.S3.Notifications;

/// <summary>Something that happened to an object, for those who asked to be told.</summary>
/// <param name="EventName">Such as ObjectCreated:Put.</param>
/// <param name="Key">Decoded.</param>
/// <param name="Size">Bytes; null when it was removed.</param>
/// <param name="ETag">Without quotes; null when it was removed.</param>
/// <param name="VersionId">Null in an unversioned bucket.</param>
/// <param name="Sequencer">Its place in the order of the key's events.</param>
/// <param name="Time">When.</param>
/// <param name="RequestId">Of the request that did it.</param>
internal sealed record ObjectChange(
    string EventName, string Key, long? Size, string? ETag, string? VersionId, string Sequencer, DateTimeOffset Time, string RequestId);
