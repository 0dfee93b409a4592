namespace ScarNet.Core.Events;

/// <summary>
/// The order of the events of one key, by S3's <c>sequencer</c>: hexadecimal texts of different lengths, compared as if the shorter were
/// padded with zeros on the right. Says nothing about events of different keys.
/// Source: docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
/// </summary>
public static class Sequencer
{
    /// <summary>Negative when <paramref name="a"/> happened first; zero when both tell of the same event.</summary>
    public static int Compare(string a, string b) => string.CompareOrdinal(Normalize(a), Normalize(b));

    /// <summary>The one spelling of all sequencers that compare as equal: upper case, without the zeros at the end.</summary>
    public static string Normalize(string sequencer) => sequencer.ToUpperInvariant().TrimEnd('0');
}
