namespace ScarNet.Local.S3.Notifications;

/// <summary>What a bucket tells whom. All four members are kept as they were given.</summary>
internal sealed record NotificationConfiguration(IReadOnlyList<NotificationRule> Rules, bool EventBridge)
{
    public static readonly NotificationConfiguration Empty = new([], false);

    public bool IsEmpty => Rules.Count == 0 && !EventBridge;
}
