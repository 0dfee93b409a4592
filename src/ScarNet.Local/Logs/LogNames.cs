using System.Buffers;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Logs;

/// <summary>Names of groups and streams: rules, ARNs, and where a request has them.</summary>
internal sealed class LogNames(string region, string account)
{
    private const int LongestName = 512;

    // Source: docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
    private static readonly SearchValues<char> GroupCharacters =
        SearchValues.Create(".-_/#ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    public string Arn(string group) => $"arn:aws:logs:{region}:{account}:log-group:{group}:*";

    public string StreamArn(string group, string stream) => $"arn:aws:logs:{region}:{account}:log-group:{group}:log-stream:{stream}";

    /// <summary>The group a request is about: by name, or by ARN in the newer operations.</summary>
    /// <exception cref="ApiException">It names none, or one that cannot be.</exception>
    public static string GroupOf(JsonInput input)
    {
        var name = input.Text("logGroupName") ?? input.Text("logGroupIdentifier") ?? input.Text("resourceArn")
            ?? throw Invalid("1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: Member must not be null");
        if (name.StartsWith("arn:", StringComparison.Ordinal))
        {
            name = name.Split(':', 7) is [.., var last] ? last : name;
            name = name.EndsWith(":*", StringComparison.Ordinal) ? name[..^2] : name;
        }

        return name.Length is > 0 and <= LongestName && name.AsSpan().IndexOfAnyExcept(GroupCharacters) < 0
            ? name
            : throw Invalid($"Value '{name}' at 'logGroupName' must be 1 to 512 letters, digits and '_', '-', '/', '.', '#'");
    }

    /// <inheritdoc cref="GroupOf"/>
    public static string StreamOf(JsonInput input)
    {
        var name = input.Text("logStreamName")
            ?? throw Invalid("1 validation error detected: Value null at 'logStreamName' failed to satisfy constraint: Member must not be null");
        return name.Length is > 0 and <= LongestName && name.AsSpan().IndexOfAny(':', '*') < 0
            ? name
            : throw Invalid($"Value '{name}' at 'logStreamName' must be 1 to 512 characters without ':' and '*'");
    }

    public static ApiException Invalid(string message) => new(400, "InvalidParameterException", message);

    public static ApiException NoGroup() => new(400, "ResourceNotFoundException", "The specified log group does not exist.");

    public static ApiException NoStream() => new(400, "ResourceNotFoundException", "The specified log stream does not exist.");

    public static ApiException Exists(string what) =>
        new(400, "ResourceAlreadyExistsException", $"The specified {what} already exists");

    /// <summary>A page's size.</summary>
    /// <param name="input">The request.</param>
    /// <param name="most">Largest, and default.</param>
    public static int Limit(JsonInput input, int most) => input.Number("limit") is not { } limit
        ? most
        : limit >= 1 && limit <= most ? (int)limit : throw Invalid($"Value '{limit}' at 'limit' must be between 1 and {most}");
}
