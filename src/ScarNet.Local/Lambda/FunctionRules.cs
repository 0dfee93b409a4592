using System.Buffers;
using System.Text;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>Lambda's rules for a function's settings, with AWS's errors. Source: docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html</summary>
internal static class FunctionRules
{
    private const int MostEnvironmentBytes = 4096;
    private const int MostTags = 50;
    private static readonly SearchValues<char> VariableCharacters =
        SearchValues.Create("_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    public static int Memory(long mebibytes) => Between(mebibytes, 128, 10_240, "memorySize");

    public static int Timeout(long seconds) => Between(seconds, 1, 900, "timeout");

    public static int Ephemeral(long mebibytes) => Between(mebibytes, 512, 10_240, "ephemeralStorage.size");

    public static int Retries(long count) => Between(count, 0, 2, "maximumRetryAttempts");

    public static int EventAge(long seconds) => Between(seconds, 60, 21_600, "maximumEventAgeInSeconds");

    public static string Role(string? arn) =>
        arn is not null && arn.StartsWith("arn:aws", StringComparison.Ordinal) && arn.Contains(":iam::", StringComparison.Ordinal) && arn.Contains(":role/", StringComparison.Ordinal)
            ? arn
            : throw LambdaFault.Validation(
                arn ?? "null", "role", "Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");

    /// <summary>Programs of other runtimes are not on this machine.</summary>
    public static string Runtime(string? runtime) => runtime is "provided.al2023" or "provided.al2" or "provided"
        ? runtime
        : throw LambdaFault.Invalid(
            $"The local engine runs zip functions with the runtimes provided.al2023 and provided.al2 (an executable 'bootstrap'), not '{runtime}'");

    public static string Handler(string? handler) => handler is { Length: > 0 and <= 128 }
        ? handler
        : throw LambdaFault.Validation(handler ?? "null", "handler", "Member must have length between 1 and 128");

    public static IReadOnlyDictionary<string, string> Environment(IReadOnlyDictionary<string, string> variables)
    {
        foreach (var name in variables.Keys.Where(name => name.Length < 2 || !char.IsAsciiLetter(name[0]) || name.AsSpan().IndexOfAnyExcept(VariableCharacters) >= 0))
        {
            throw LambdaFault.Validation(
                name, "environment.variables", "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]");
        }

        var reserved = variables.Keys.Where(RuntimeVariables.Reserved.Contains).ToList();
        if (reserved.Count > 0)
        {
            throw LambdaFault.Invalid(
                "Lambda was unable to configure your environment variables because the environment variables you have provided contains "
                + $"reserved keys that are currently not supported for modification. Reserved keys used in this request: {string.Join(", ", reserved)}");
        }

        var bytes = variables.Sum(v => Encoding.UTF8.GetByteCount(v.Key) + Encoding.UTF8.GetByteCount(v.Value));
        return bytes <= MostEnvironmentBytes
            ? variables
            : throw LambdaFault.Invalid(
                "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the "
                + $"4KB limit. They have {bytes} bytes.");
    }

    public static IReadOnlyDictionary<string, string> Tags(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > MostTags || tags.Any(t => t.Key.Length is 0 or > 128 || t.Value.Length > 256 || t.Key.StartsWith("aws:", StringComparison.Ordinal)))
        {
            throw LambdaFault.Invalid("Tags: at most 50, keys of 1 to 128 characters that do not begin with 'aws:', values of at most 256");
        }

        return tags;
    }

    public static string? TargetArn(string? arn) => string.IsNullOrEmpty(arn)
        ? null
        : arn.StartsWith("arn:", StringComparison.Ordinal) && arn.Split(':').Length >= 6
            ? arn
            : throw LambdaFault.Invalid($"The provided destination '{arn}' is not an ARN");

    public static string Description(string? text) => text is null or { Length: <= 256 }
        ? text ?? ""
        : throw LambdaFault.Validation(text, "description", "Member must have length less than or equal to 256");

    /// <summary>Not all digits: that would be a version.</summary>
    public static string Alias(string? name) =>
        name is { Length: > 0 and <= 128 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && !name.All(char.IsAsciiDigit)
            ? name
            : throw LambdaFault.Validation(name ?? "null", "name", "Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)");

    public static string Version(string? version) => version is FunctionName.Latest || (version is { Length: > 0 } && version.All(char.IsAsciiDigit))
        ? version
        : throw LambdaFault.Validation(version ?? "null", "functionVersion", "Member must satisfy regular expression pattern: (\\$LATEST|[0-9]+)");

    private static int Between(long value, int least, int most, string member) => value >= least && value <= most
        ? (int)value
        : throw LambdaFault.Validation(
            value.ToString(), member, $"Member must have value {(value < least ? "greater" : "less")} than or equal to {(value < least ? least : most)}");
}
