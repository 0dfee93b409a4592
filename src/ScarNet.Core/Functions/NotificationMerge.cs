namespace ScarNet.Core.Functions;

/// <summary>What a bucket's notifications have to become. Writing them replaces all of them, so everybody else's must go along.</summary>
/// <param name="Desired">All entries to write; those of others are the very instances that were passed in.</param>
/// <param name="Changed">False when there is nothing to write: a write sends test messages to the owners of queues and topics.</param>
/// <param name="Collisions">Entries of others that stand in the way: with any of them S3 refuses the whole configuration.</param>
public sealed record NotificationMerge(
    IReadOnlyList<NotificationEntry> Desired, bool Changed, IReadOnlyList<NotificationCollision> Collisions)
{
    /// <summary>Replaces what ScarNet made for some functions and keeps everything else.</summary>
    /// <param name="current">What the bucket has.</param>
    /// <param name="functions">Names of the functions whose entries are ours to replace. Other functions' entries are others'.</param>
    /// <param name="ours">What they need; empty takes their entries away.</param>
    public static NotificationMerge Of(
        IReadOnlyList<NotificationEntry> current, IReadOnlySet<string> functions, IReadOnlyList<NotificationEntry> ours)
    {
        var owned = current.Where(IsOurs).ToList();
        var others = current.Where(entry => !IsOurs(entry)).ToList();
        var changed = owned.Count != ours.Count || !ours.All(entry => owned.Any(entry.SameAs));
        var collisions =
            from entry in ours
            from other in others
            let key = entry.Collision(other)
            where key is not null
            select new NotificationCollision(entry, other, key);
        return new NotificationMerge(changed ? [.. others, .. ours] : current, changed, [.. collisions]);

        bool IsOurs(NotificationEntry entry) => entry.Function is { } function && functions.Contains(function);
    }
}
