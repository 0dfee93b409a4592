using Amazon.Runtime;
using ScarNet.Aws;
using ScarNet.Aws.CloudFormation.Model;
using ScarNet.Cli.Commands;
using ScarNet.Cli.Foundation;
using ScarNet.Core;

namespace ScarNet.Cli.Health;

/// <summary>What is to be thought of what an account answers. Asks nothing itself.</summary>
internal static class AccountVerdicts
{
    private const double NearEnd = 0.8;

    /// <summary>More than jobs that wait or run can explain.</summary>
    private const int ManyRevisions = 20;

    public static Finding Region(string? region) => region is not null
        ? Finding.Ok("region", region)
        : Finding.Problem("region", "no AWS region is configured", "aws configure set region eu-west-1, or give --region");

    /// <param name="failure">Of the call that asks who calls, or of what comes before it.</param>
    /// <param name="profile">The profile that is used; null is the default one.</param>
    public static Finding Credentials(Exception failure, string? profile)
    {
        var of = profile is null ? "" : $" --profile {profile}";
        var said = Said(failure);
        if (said.Contains("SSO", StringComparison.Ordinal) || said.Contains("sso", StringComparison.Ordinal))
        {
            return Finding.Problem("credentials", "the SSO session has expired, or was never begun", $"aws sso login{of}");
        }

        return AwsErrors.Explain(failure) is not { } explained ? Finding.Problem("credentials", failure is ScarException ? said : $"cannot be had: {said}", (failure as ScarException)?.Hint)
            : failure is AmazonServiceException { ErrorCode: "ExpiredToken" or "ExpiredTokenException" } ? Finding.Problem("credentials", explained.Message, $"aws sso login{of}")
            : explained.Message.StartsWith("no AWS credentials", StringComparison.Ordinal) ? Finding.Problem("credentials", explained.Message, $"aws configure{of}; --local needs none")
            : Finding.Problem("credentials", explained.Message, explained.Hint);
    }

    /// <param name="stack">Null when there is none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="codeKey">Where this program would put the job-state function's code; null when there is no supervisor to say.</param>
    /// <param name="bucket">The artifact bucket's name.</param>
    /// <param name="hasBucket">Whether it is there.</param>
    public static Finding Foundation(Stack? stack, string name, string? codeKey, string bucket, bool hasBucket)
    {
        var make = name == BootstrapCommand.DefaultStack ? "scarnet bootstrap" : $"scarnet bootstrap --stack-name {name}";
        if (stack is null)
        {
            return Finding.Warning("foundation", $"not there{(hasBucket ? $", but for the bucket '{bucket}'" : "")}", make);
        }

        var status = stack.StackStatus ?? "";
        var key = stack.Parameters.Find(parameter => parameter.ParameterKey == FoundationParameters.CodeKey)?.ParameterValue;
        return status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) ? Finding.Warning("foundation", $"the stack is in {status}", "wait until it is done")
            : status is not ("CREATE_COMPLETE" or "UPDATE_COMPLETE" or "UPDATE_ROLLBACK_COMPLETE") ? Finding.Problem("foundation", $"the stack is in {status}", make)
            : !hasBucket ? Finding.Problem("foundation", $"the stack is there, its bucket '{bucket}' is not", make)
            : codeKey is not null && key != codeKey ? Finding.Warning("foundation", "of another version of ScarNet", make)
            : Finding.Ok("foundation", $"{status}, bucket '{bucket}'");
    }

    /// <param name="functions">How many there are.</param>
    /// <param name="missing">Function → its role, which is not there.</param>
    public static Finding Roles(int functions, IReadOnlyDictionary<string, string> missing) => missing.Count == 0
        ? Finding.Ok("roles", functions == 0 ? "no functions" : "those of all functions are there")
        : Finding.Problem("roles", $"not there: {string.Join(", ", missing.Select(pair => $"'{pair.Value}' of function '{pair.Key}'"))}", "scarnet init -f FILE");

    /// <summary>Revisions of job definitions: <c>init</c> keeps three, and those that jobs still need.</summary>
    /// <param name="active">Active ones, by the definition's name.</param>
    public static IReadOnlyList<Finding> Revisions(IReadOnlyDictionary<string, int> active) =>
    [
        .. active.Where(pair => pair.Value > ManyRevisions).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Finding.Warning(
            "quota", $"{pair.Value} active revisions of job definition '{pair.Key}'", "scarnet init -f FILE, once its jobs have ended; or aws batch deregister-job-definition for each")),
    ];

    /// <summary>Lambda's code storage, in bytes. Service Quotas counts it in GB.</summary>
    public static Finding CodeStorage(long used, long limit)
    {
        const long mib = 1024 * 1024;
        return Quota("MiB of Lambda code", used / mib, limit / mib, "lambda", "L-2ACBD22F", perUnit: 1024);
    }

    /// <param name="what">What is counted.</param>
    /// <param name="used">How much of it.</param>
    /// <param name="limit">How much AWS gives.</param>
    /// <param name="service">The service's code in Service Quotas.</param>
    /// <param name="code">The quota's code there; null where none can be raised.</param>
    /// <param name="perUnit">How much of it is one of what Service Quotas counts.</param>
    public static Finding Quota(string what, long used, long limit, string service, string? code, long perUnit = 1)
    {
        var words = $"{used} of {limit} {what}";
        var mend = code is null ? "take away what is no longer needed"
            : $"aws service-quotas request-service-quota-increase --service-code {service} --quota-code {code} --desired-value {2 * limit / perUnit}";
        return used >= limit ? Finding.Problem("quota", words, mend)
            : used >= limit * NearEnd ? Finding.Warning("quota", words, mend)
            : Finding.Ok("quota", words);
    }

    private static string Said(Exception failure) =>
        failure.Message + (failure.InnerException is { } inner ? " " + Said(inner) : "");
}
