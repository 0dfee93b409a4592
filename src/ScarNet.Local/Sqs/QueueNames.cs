using System.Text.RegularExpressions;

namespace ScarNet.Local.Sqs;

/// <summary>How queues are called. Source: docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html</summary>
internal sealed partial class QueueNames(Uri endpoint, string region, string account)
{
    public string Arn(string name) => $"arn:aws:sqs:{region}:{account}:{name}";

    public string Url(string name) => $"{endpoint.GetLeftPart(UriPartial.Authority)}/{account}/{name}";

    /// <summary>A queue's name from its address, whatever the host and port: the engine's port may have been another.</summary>
    public static string OfUrl(string? url) => url is { Length: > 0 }
        ? url.TrimEnd('/')[(url.TrimEnd('/').LastIndexOf('/') + 1)..]
        : throw SqsFault.Missing("QueueUrl");

    /// <summary>A queue's name from its ARN; null when it is of another account or region.</summary>
    public string? OfArn(string arn) => arn.StartsWith(Arn(""), StringComparison.Ordinal) ? arn[Arn("").Length..] : null;

    /// <exception cref="Http.ApiException">It cannot be a queue's name here.</exception>
    public static string Check(string? name) => name is null ? throw SqsFault.Missing("QueueName")
        : name.EndsWith(".fifo", StringComparison.Ordinal) ? throw SqsFault.Value("The local engine has standard queues, no FIFO queues.")
        : QueueName().IsMatch(name) ? name
        : throw SqsFault.Value("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");

    [GeneratedRegex(@"\A[-_A-Za-z0-9]{1,80}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueueName();
}
