namespace ScarNet.Core.Functions;

/// <summary>What a bucket notification calls.</summary>
public enum NotificationTarget
{
    Function,
    Queue,
    Topic,
}
