namespace ScarNet.Local.S3.Notifications;

/// <summary>Where a notification goes.</summary>
internal enum DestinationKind
{
    Topic,
    Queue,
    Function,
}
