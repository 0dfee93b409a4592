namespace ScarNet.Local.S3.Notifications;

/// <summary>Where a notification goes. Only functions are delivered to; the others are kept.</summary>
internal enum DestinationKind
{
    Topic,
    Queue,
    Function,
}
