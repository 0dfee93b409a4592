using System.Security.Cryptography;
using System.Text;
using ScarNet.Local.Delivery;
using ScarNet.Local.Http;

namespace ScarNet.Local.S3.Notifications;

/// <summary>What S3 refuses in a notification configuration, with its own words.</summary>
internal static class NotificationCheck
{
    /// <summary>Source: docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html</summary>
    private static readonly HashSet<string> Events =
    [
        "s3:TestEvent", "s3:ReducedRedundancyLostObject",
        "s3:ObjectCreated:*", "s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy",
        "s3:ObjectCreated:CompleteMultipartUpload",
        "s3:ObjectRemoved:*", "s3:ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated",
        "s3:ObjectRestore:*", "s3:ObjectRestore:Post", "s3:ObjectRestore:Completed", "s3:ObjectRestore:Delete",
        "s3:Replication:*", "s3:Replication:OperationFailedReplication", "s3:Replication:OperationNotTracked",
        "s3:Replication:OperationMissedThreshold", "s3:Replication:OperationReplicatedAfterThreshold",
        "s3:LifecycleExpiration:*", "s3:LifecycleExpiration:Delete", "s3:LifecycleExpiration:DeleteMarkerCreated",
        "s3:LifecycleTransition", "s3:IntelligentTiering",
        "s3:ObjectTagging:*", "s3:ObjectTagging:Put", "s3:ObjectTagging:Delete", "s3:ObjectAcl:Put",
        "s3:ObjectAnnotation:*", "s3:ObjectAnnotation:Put", "s3:ObjectAnnotation:Delete",
    ];

    /// <summary>Refuses what S3 would, and gives an id to each entry that has none.</summary>
    /// <param name="configuration">As it was parsed.</param>
    /// <param name="mayInvoke">Whether S3 may call a function for this bucket; null skips the question.</param>
    /// <exception cref="ApiException">InvalidArgument.</exception>
    public static NotificationConfiguration Accept(NotificationConfiguration configuration, Func<string, bool>? mayInvoke)
    {
        var rules = configuration.Rules.Select(WithId).ToList();
        foreach (var rule in rules)
        {
            CheckRule(rule);
        }

        CheckOverlap(rules);
        if (rules.Select(r => r.Id).Distinct().Count() != rules.Count)
        {
            throw Invalid("Same ID used for multiple configurations. IDs must be unique", "Id", "");
        }

        var refused = rules.Where(r => r.Kind == DestinationKind.Function && mayInvoke?.Invoke(r.Arn) == false).ToList();
        return refused.Count == 0
            ? configuration with { Rules = rules }
            : throw Invalid(
                "Unable to validate the following destination configurations",
                refused[0].Arn,
                "Not authorized to invoke function [" + string.Join(", ", refused.Select(r => r.Arn)) + "]");
    }

    /// <summary>A queue or topic that S3 cannot send to.</summary>
    public static ApiException Refused(string arn, Undelivered why) => Invalid(
        "Unable to validate the following destination configurations",
        arn,
        why.Code == Undelivered.NoResource
            ? "The destination queue or topic does not exist"
            : $"Permissions on the destination {(arn.Contains(":sqs:", StringComparison.Ordinal) ? "queue" : "topic")} do not allow S3 to publish notifications from this bucket");

    private static void CheckRule(NotificationRule rule)
    {
        if (rule.Events.Count == 0)
        {
            throw S3Errors.MalformedXml();
        }

        if (rule.Events.FirstOrDefault(e => !Events.Contains(e)) is { } unknown)
        {
            throw Invalid("A specified event is not supported for notifications.", "Event", unknown);
        }

        var service = rule.Kind switch { DestinationKind.Topic => "sns", DestinationKind.Queue => "sqs", _ => "lambda" };
        var arn = rule.Arn.Split(':');
        if (arn.Length < 6 || arn[0] != "arn" || arn[2] != service)
        {
            throw Invalid("The ARN is not well formed", $"{rule.Kind}Arn", rule.Arn);
        }

        if (rule.Id.Length > 255)
        {
            throw Invalid("ID length should not exceed allowed limit of 255", "Id", rule.Id);
        }

        CheckFilter(rule);
    }

    private static void CheckFilter(NotificationRule rule)
    {
        foreach (var (name, value) in rule.Filter ?? [])
        {
            if (!name.Equals("prefix", StringComparison.OrdinalIgnoreCase) && !name.Equals("suffix", StringComparison.OrdinalIgnoreCase))
            {
                throw Invalid("filter rule name must be either prefix or suffix", "FilterRule.Name", name);
            }

            if (Encoding.UTF8.GetByteCount(value) > 1024)
            {
                throw Invalid("Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation", "FilterRule.Value", value);
            }
        }

        var names = rule.Filter?.Select(f => f.Name.ToLowerInvariant()).ToList() ?? [];
        if (names.Distinct().Count() != names.Count)
        {
            throw Invalid("Cannot specify more than one prefix or suffix rule in a filter.", "FilterRule.Name", names[0]);
        }
    }

    private static void CheckOverlap(List<NotificationRule> rules)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (rules[i].Overlaps(rules[j]))
                {
                    throw new ApiException(
                        400,
                        "InvalidArgument",
                        "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.",
                        ("ArgumentName", rules[j].Id),
                        ("ArgumentValue", rules[i].Id));
                }
            }
        }
    }

    private static NotificationRule WithId(NotificationRule rule) =>
        rule.Id.Length > 0 ? rule : rule with { Id = Convert.ToBase64String(RandomNumberGenerator.GetBytes(36)) };

    private static ApiException Invalid(string message, string name, string value) => S3Errors.Invalid(message, name, value);
}
