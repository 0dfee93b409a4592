using System.Globalization;
using System.Text.Json;
using ScarNet.Core.Functions;
using ScarNet.Core.Iam;

namespace ScarNet.Local.Sqs;

/// <summary>A queue, as it is kept.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Those that were set.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="CreatedMs">When it was made.</param>
/// <param name="ModifiedMs">When its attributes were last set.</param>
internal sealed record QueueRecord(
    string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyDictionary<string, string> Tags, long CreatedMs, long ModifiedMs)
{
    /// <summary>Attributes with bounds, their defaults and limits. Source: …/APIReference/API_SetQueueAttributes.html</summary>
    public static readonly IReadOnlyDictionary<string, (int Default, int Least, int Most)> Numbers = new Dictionary<string, (int, int, int)>
    {
        ["VisibilityTimeout"] = (30, 0, 43_200),
        ["MaximumMessageSize"] = (262_144, 1024, 1_048_576),
        ["MessageRetentionPeriod"] = (345_600, 60, 1_209_600),
        ["DelaySeconds"] = (0, 0, 900),
        ["ReceiveMessageWaitTimeSeconds"] = (0, 0, 20),
    };

    /// <summary>Attributes that are kept and told, or that say something to somebody else.</summary>
    public static readonly IReadOnlySet<string> Texts = new HashSet<string>
    {
        "Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled",
    };

    public int Number(string name) =>
        Attributes.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : Numbers[name].Default;

    /// <summary>Messages that were sent earlier are gone, though they may not be deleted yet.</summary>
    public long KeptSinceMs(long nowMs) => nowMs - (1000L * Number("MessageRetentionPeriod"));

    /// <summary>Its resource policy; null lets in nobody but the account.</summary>
    public string? Policy => Attributes.GetValueOrDefault("Policy") is { Length: > 0 } policy ? policy : null;

    /// <summary>Where messages go that were received too often: the queue's ARN, and how often.</summary>
    public (string Arn, int Most)? Redrive => Attributes.GetValueOrDefault("RedrivePolicy") is { Length: > 0 } text ? ReadRedrive(text) : null;

    /// <exception cref="Http.ApiException">There is no such attribute, or it takes no such value.</exception>
    public static void Check(string name, string value)
    {
        if (Numbers.TryGetValue(name, out var bounds))
        {
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < bounds.Least || number > bounds.Most)
            {
                throw SqsFault.AttributeValue(name);
            }
        }
        else if (!Texts.Contains(name))
        {
            throw SqsFault.Attribute(name);
        }
        else if (value.Length > 0)
        {
            CheckText(name, value);
        }
    }

    private static void CheckText(string name, string value)
    {
        try
        {
            if (name == "Policy")
            {
                PolicyReader.Read(value);
            }
            else if (name == "RedrivePolicy" && !(ReadRedrive(value) is ({ } arn, >= 1 and <= 1000) && Arn.Parse(arn) is { Service: "sqs" }))
            {
                throw SqsFault.AttributeValue(name);
            }
        }
        catch (Exception e) when (e is FormatException or OverflowException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw SqsFault.AttributeValue(name);
        }
    }

    private static (string Arn, int Most) ReadRedrive(string text)
    {
        using var document = JsonDocument.Parse(text);
        var most = document.RootElement.GetProperty("maxReceiveCount");
        return (
            document.RootElement.GetProperty("deadLetterTargetArn").GetString() ?? "",
            most.ValueKind == JsonValueKind.Number ? most.GetInt32() : int.Parse(most.GetString() ?? "", CultureInfo.InvariantCulture));
    }
}
