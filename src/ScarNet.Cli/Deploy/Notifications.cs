using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// What S3 calls when an object is created. Writing replaces everything a bucket has, whoever made it: so it is read, merged, written
/// only when it differs, and read again.
/// </summary>
/// <param name="target">Where.</param>
/// <param name="isRemoval">Whether functions are on their way out: then what has been taken out stays out when the run fails.</param>
/// <param name="patience">How long S3 may not know of a permission. Default: a minute.</param>
internal sealed class Notifications(Target target, bool isRemoval = false, TimeSpan? patience = null)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<BucketNotifications>>> seen = new();

    /// <summary>S3 checks the permission when it is told of a function, and a fresh one is not known everywhere at once.</summary>
    private readonly TimeSpan longestForPermission = patience ?? TimeSpan.FromMinutes(1);

    /// <summary>Somebody else wrote in between as often as this: then it is no accident.</summary>
    private const int Tries = 3;

    /// <summary>Null when the bucket has none of ours and needs none.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="exists">Whether it does.</param>
    /// <param name="owners">Functions whose entries are ours to replace.</param>
    /// <param name="ours">What they need.</param>
    /// <param name="eventBridge">Whether the bucket tells EventBridge of its objects; null leaves that as it is.</param>
    /// <param name="after">Steps that come before.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ScarException">An entry of somebody else takes the same objects.</exception>
    public async Task<Step?> Plan(
        string bucket,
        bool exists,
        IReadOnlySet<string> owners,
        IReadOnlyList<NotificationEntry> ours,
        bool? eventBridge,
        IReadOnlyList<Step> after,
        CancellationToken cancellation)
    {
        var seen = exists ? await Seen(bucket, cancellation) : new(new());
        var current = seen.Entries;
        var owned = Owned(seen, owners);
        var merge = NotificationMerge.Of(current, owners, ours);
        Refuse(bucket, merge);
        if (owned.Count == 0 && ours.Count == 0 && (eventBridge is null || (eventBridge == false && !seen.EventBridge)))
        {
            return null;
        }

        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "notifications",
            Name = bucket,
            Reason = "are as they should be",
            After = after,
        };
        var switched = eventBridge is { } wanted && wanted != seen.EventBridge;
        var isUsed = ours.Count > 0 || eventBridge == true;
        var wasUsed = owned.Count > 0 || (eventBridge is not null && seen.EventBridge);
        return !merge.Changed && !switched ? step : step with
        {
            Kind = !isUsed ? StepKind.Delete : wasUsed ? StepKind.Update : StepKind.Create,
            Reason = !isUsed ? "nothing of ours starts here any more"
                : ours.Count == 0 ? "EventBridge is told of the objects here"
                : $"objects here start {Functions(ours)}",
            Changes = [.. Changes(owned, ours), .. switched ? [new StepChange("EventBridge", Switch(seen.EventBridge), Switch(eventBridge == true))] : (StepChange[])[]],
            Action = (run, ct) => Write(
                bucket,
                owners,
                ours,
                eventBridge,
                before =>
                {
                    if (!isRemoval)
                    {
                        run.Created(undo => Restore(bucket, owners, Owned(before, owners), switched ? before.EventBridge : null, undo));
                    }
                },
                ct),
        };
    }

    /// <summary>What a bucket has, read once for a plan.</summary>
    public Task<BucketNotifications> Seen(string bucket, CancellationToken cancellation) =>
        seen.GetOrAdd(bucket, name => new(() => Read(name, cancellation))).Value;

    public async Task<BucketNotifications> Read(string bucket, CancellationToken cancellation) => new(
        await target.Clients.S3.GetBucketNotificationAsync(
            new GetBucketNotificationRequest { BucketName = bucket, ExpectedBucketOwner = target.Account }, cancellation));

    private static List<NotificationEntry> Owned(BucketNotifications notifications, IReadOnlySet<string> owners) =>
        [.. notifications.Entries.Where(entry => entry.Function is { } function && owners.Contains(function))];

    // Ours become again what they were, among those of others as they are then. A bucket that is gone has nothing to give back.
    private async Task Restore(
        string bucket, IReadOnlySet<string> owners, IReadOnlyList<NotificationEntry> owned, bool? eventBridge, CancellationToken cancellation)
    {
        try
        {
            await Write(bucket, owners, owned, eventBridge, null, cancellation);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchBucket")
        {
            // Gone, and its notifications with it.
        }
    }

    /// <param name="bucket">The bucket.</param>
    /// <param name="owners">Functions whose entries are ours to replace.</param>
    /// <param name="ours">What they need.</param>
    /// <param name="eventBridge">Whether the bucket tells EventBridge; null leaves that as it is.</param>
    /// <param name="changes">Is told what there was, before the first write; null when that is what is written back.</param>
    /// <param name="cancellation">Ends the wait.</param>
    private async Task Write(
        string bucket,
        IReadOnlySet<string> owners,
        IReadOnlyList<NotificationEntry> ours,
        bool? eventBridge,
        Action<BucketNotifications>? changes,
        CancellationToken cancellation)
    {
        // S3 has no conditional write here: somebody who writes at the same time wins or loses unnoticed. Hence the second look.
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var current = await Read(bucket, cancellation);
            var merge = NotificationMerge.Of(current.Entries, owners, ours);
            if (!merge.Changed && (eventBridge ?? current.EventBridge) == current.EventBridge)
            {
                return;
            }

            Refuse(bucket, merge);
            if (attempt == 0)
            {
                changes?.Invoke(current);
            }

            var request = current.Put(bucket, target.Account, merge.Desired, eventBridge);
            // S3 checks every destination of the bucket: one of somebody else's that is dead must not hold up what adds nothing.
            var adds = changes is not null && ours.Any(wanted => !current.Entries.Any(wanted.SameAs));
            request.SkipDestinationValidation = adds ? null : true;
            await Put(request, merge.Desired, cancellation);
        }

        var last = await Read(bucket, cancellation);
        if (NotificationMerge.Of(last.Entries, owners, ours).Changed || (eventBridge ?? last.EventBridge) != last.EventBridge)
        {
            throw new ScarException(
                $"the notifications of bucket '{bucket}' were changed by somebody else {Tries} times in a row",
                "find out what else writes them, then run the command again");
        }
    }

    /// <exception cref="ScarException">S3 does not reach one of the destinations.</exception>
    private async Task Put(PutBucketNotificationRequest request, IReadOnlyList<NotificationEntry> entries, CancellationToken cancellation)
    {
        try
        {
            await Poll.Again(
                ct => target.Clients.S3.PutBucketNotificationAsync(request, ct),
                e => IsUnreached(e) || e is AmazonS3Exception { ErrorCode: "OperationAborted" }, // somebody else changes the bucket just now
                longestForPermission,
                cancellation);
        }
        catch (AmazonS3Exception e) when (IsUnreached(e))
        {
            throw new ScarException(
                $"S3 checks all that bucket '{request.BucketName}' tells, and does not reach one of "
                + string.Join(", ", entries.OrderBy(entry => entry.Function is not null).Select(entry => $"'{entry.Destination}' ({entry.Id})").Distinct()),
                $"take the one that is gone out of the bucket's notifications ('aws s3api get-bucket-notification-configuration --bucket {request.BucketName}'), or let S3 call it");
        }
    }

    private static bool IsUnreached(Exception e) =>
        e is AmazonS3Exception { ErrorCode: "InvalidArgument" } && e.Message.Contains("validate", StringComparison.Ordinal);

    private static void Refuse(string bucket, NotificationMerge merge)
    {
        if (merge.Collisions is [var collision, ..])
        {
            throw new ScarException(
                $"bucket '{bucket}' already tells '{collision.Theirs.Destination}' ({collision.Theirs.Id}) of objects such as "
                + $"'{collision.Key}', and S3 tells only one of each object",
                "choose another prefix or suffix, or give the function 'trigger: eventbridge'");
        }
    }

    private static string Switch(bool on) => on ? "on" : "off";

    private static string Functions(IReadOnlyList<NotificationEntry> entries) =>
        string.Join(", ", entries.Select(e => $"'{e.Function}'").Distinct());

    private static IEnumerable<StepChange> Changes(List<NotificationEntry> owned, IReadOnlyList<NotificationEntry> ours) =>
        owned.Where(old => !ours.Any(old.SameAs)).Select(old => new StepChange(old.Id!, Describe(old), null))
            .Concat(ours.Where(wanted => !owned.Any(wanted.SameAs)).Select(wanted => new StepChange(wanted.Id!, null, Describe(wanted))))
            .GroupBy(change => change.Field)
            .Select(same => new StepChange(same.Key, same.Select(c => c.Old).FirstOrDefault(c => c is not null), same.Select(c => c.New).FirstOrDefault(c => c is not null)));

    private static string Describe(NotificationEntry entry) => $"{entry.Prefix}*{entry.Suffix} → {entry.Destination}";
}
