using static ScarNet.Core.Functions.AwsLimits;
using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What one function must be, apart from its storage and its Batch settings.</summary>
internal static class FunctionRules
{
    public static IEnumerable<Problem> Check(F function)
    {
        var name = $"function '{function.Name}'";
        Problem At(string member, string message, string? hint = null) => new(function.PlaceOf(member), message, hint);

        if (NameFlaw(function.Name) is { } flaw)
        {
            yield return new Problem(function.Place, $"function name '{function.Name}' {flaw}", "1 to 64 letters, digits, '-' and '_', as Lambda takes it");
        }

        if (function.Script is null && !function.IsGiven(nameof(F.Script)))
        {
            yield return new Problem(function.Place, $"{name} has no script", "add 'init_script: script.sh', or 'command:' with one line");
        }

        if (function.Script is { Command: { } line } && string.IsNullOrWhiteSpace(line)
            || function.Script is { Commands: { } lines } && (lines.Count == 0 || lines.Any(string.IsNullOrWhiteSpace)))
        {
            yield return At(nameof(F.Script), $"{name} has an empty command", "write the shell line that does the work");
        }

        if (function.Script is { Path: null } && function.Arguments.Count > 0)
        {
            yield return At(nameof(F.Arguments), $"'c_args' of {name} needs a script file", "write the arguments into the command");
        }

        if (function.Image is { } image && (image.Length > 1024 || image.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))))
        {
            yield return At(nameof(F.Image), $"image '{image}' of {name} is no image name", "for example 'grycap/mrbayes' or 'debian:12'");
        }

        foreach (var problem in Ranges(function, name).Concat(Account(function, name)))
        {
            yield return problem;
        }
    }

    private static string? NameFlaw(string name) =>
        name.Length == 0 ? "is empty"
        : name.Length > FunctionNameLength ? $"has {name.Length} characters"
        : name.FirstOrDefault(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) is var wrong && wrong != '\0' ? $"holds '{wrong}'"
        : null;

    private static IEnumerable<Problem> Ranges(F function, string name)
    {
        if (function.MemoryMiB is < MinMemoryMiB or > MaxMemoryMiB)
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.MemoryMiB)),
                $"memory of {name} is {function.MemoryMiB} MiB: Lambda gives {MinMemoryMiB} to {MaxMemoryMiB}",
                function.MemoryMiB > MaxMemoryMiB ? "for more, use 'execution_mode: batch' with 'batch: {memory: …}'" : null);
        }

        if (function.Timeout.TotalSeconds is < 1 or > MaxTimeoutSeconds || function.Timeout.TotalSeconds % 1 != 0)
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.Timeout)),
                $"timeout of {name} is {function.Timeout.TotalSeconds} s: Lambda takes 1 to {MaxTimeoutSeconds} whole seconds",
                function.Timeout.TotalSeconds > MaxTimeoutSeconds ? "for longer work use 'execution_mode: batch'" : null);
        }
        else if (function.TimeoutThreshold < TimeSpan.Zero || function.TimeoutThreshold >= function.Timeout)
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.TimeoutThreshold)),
                $"timeout_threshold of {name} is {function.TimeoutThreshold.TotalSeconds} s, its timeout {function.Timeout.TotalSeconds} s: nothing is left for the script",
                "keep a few seconds for uploads, and the rest for the script");
        }

        if (function.EphemeralStorageMiB is < MinEphemeralStorageMiB or > MaxEphemeralStorageMiB)
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.EphemeralStorageMiB)),
                $"ephemeral_storage of {name} is {function.EphemeralStorageMiB} MiB: Lambda gives {MinEphemeralStorageMiB} to {MaxEphemeralStorageMiB}");
        }

        if (function.MaxHops is < 1 or > 1000)
        {
            yield return new Problem(function.PlaceOf(nameof(F.MaxHops)), $"max_hops of {name} is {function.MaxHops}: it must be 1 to 1000");
        }

        var mostRetries = function.Mode == ExecutionMode.Batch ? MaxBatchRetries : MaxLambdaRetries;
        if (function.Retries is { } retries && (retries < 0 || retries > mostRetries))
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.Retries)),
                $"retries of {name} is {retries}: it must be 0 to {mostRetries}",
                $"Lambda tries again up to {MaxLambdaRetries} times, Batch up to {MaxBatchRetries}");
        }

        foreach (var (message, hint) in RetriesByExitCode(function))
        {
            yield return new Problem(function.PlaceOf(nameof(F.RetryRules)), $"retries of {name} {message}", hint);
        }

        if (function.DiskFactor is not (>= 0 and <= 1000))
        {
            yield return new Problem(function.PlaceOf(nameof(F.DiskFactor)), $"disk_factor of {name} is {function.DiskFactor}: it must be 0 to 1000");
        }

        if (function.SkipIfDone && function.Outputs.Any(output => output.Prefix.Contains("{request_id}", StringComparison.Ordinal)))
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.SkipIfDone)),
                $"skip_if_done of {name} never skips: an output has '{{request_id}}', which is another one in each run",
                "'{key_stem}' keeps results apart too",
                IsWarning: true);
        }

        if (!LogRetentionDays.Contains(function.LogRetentionDays))
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.LogRetentionDays)),
                $"log retention of {name} is {function.LogRetentionDays} days, which CloudWatch Logs does not have",
                $"one of {string.Join(", ", LogRetentionDays)}");
        }
    }

    private static IEnumerable<(string Message, string? Hint)> RetriesByExitCode(F function)
    {
        if (function.RetryRules is not { } rules)
        {
            yield break;
        }

        foreach (var code in rules.OnExit.Keys.Where(code => code is < 1 or > 255))
        {
            yield return ($"have a rule for {code}, which no failed program ends with", "an exit code is 1 to 255");
        }

        if (rules.Exceptions.Count > RetryRules.MaxExceptions)
        {
            yield return (
                $"have {rules.Exceptions.Count} exit codes that are not as the others: Batch has room for {RetryRules.MaxExceptions}",
                "turn it round: 'otherwise' says what happens to every other exit code");
        }

        if (function.Mode == ExecutionMode.Lambda)
        {
            yield return ("go by the exit code, which Lambda does not look at", "use 'execution_mode: batch', or a plain number");
        }
    }

    private static IEnumerable<Problem> Account(F function, string name)
    {
        if (function.Description.Length > DescriptionLength)
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.Description)), $"description of {name} has {function.Description.Length} characters: Lambda takes {DescriptionLength}");
        }

        if (function.Role is { } role && !role.StartsWith("arn:", StringComparison.Ordinal))
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.Role)), $"role '{role}' of {name} is no ARN", "for example 'arn:aws:iam::123456789012:role/scarnet'");
        }

        if (function.Region is { } region && !IsRegion(region))
        {
            yield return new Problem(function.PlaceOf(nameof(F.Region)), $"region '{region}' of {name} is no region's name", "for example 'us-east-1'");
        }

        if (function.Tags.Count > MaxTags - 5)
        {
            yield return new Problem(function.PlaceOf(nameof(F.Tags)), $"{name} has {function.Tags.Count} tags: AWS takes {MaxTags}, and ScarNet adds a few");
        }

        foreach (var tag in function.Tags.Keys.Where(tag =>
            tag.Length is 0 or > 128 || tag.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("scarnet:", StringComparison.OrdinalIgnoreCase)))
        {
            yield return new Problem(function.PlaceOf($"{nameof(F.Tags)}.{tag}"), $"tag '{tag}' of {name} is empty, too long, or begins with 'aws:' or 'scarnet:'");
        }
    }

    private static bool IsRegion(string text) =>
        text.Length is >= 9 and <= 24 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && text.Count(c => c == '-') >= 2 && char.IsAsciiDigit(text[^1]);
}
