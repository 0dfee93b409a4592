using System.Text.Json;
using Amazon.Runtime;
using ScarNet.Aws.Lambda.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// Who may call a function by its alias: S3 for one bucket, and only while this account owns it (a bucket can be deleted and made again by
/// somebody else), EventBridge for the function's rule.
/// </summary>
internal sealed class Permissions(Target target)
{
    private const string Action = "lambda:InvokeFunction";

    /// <summary>Lambda refuses two changes of a function's policy at once, and knows a fresh function not everywhere at once.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(60);

    /// <summary>Statements of ours.</summary>
    /// <param name="function">The function.</param>
    /// <param name="qualifier">Its alias; null is the policy of the function itself.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<FunctionStatements> Find(string function, string? qualifier, CancellationToken cancellation)
    {
        try
        {
            var policy = await target.Clients.Lambda.GetPolicyAsync(new GetPolicyRequest { FunctionName = function, Qualifier = qualifier }, cancellation);
            using var document = JsonDocument.Parse(policy.Policy ?? "{}");
            var statements = document.RootElement.TryGetProperty("Statement", out var list) ? list.EnumerateArray().ToList() : [];
            return new(
                statements
                    .Select(s => (Bucket: Names.BucketOfPermission(Text(s, "Sid") ?? ""), Statement: s))
                    .Where(s => s.Bucket is not null)
                    .ToDictionary(s => s.Bucket!, s => IsRight(s.Statement, OfBucket(s.Bucket!))),
                statements.Where(s => Text(s, "Sid") == Names.RulePermission).Select(s => (bool?)IsRight(s, OfRule(function))).FirstOrDefault());
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return FunctionStatements.None;
        }
    }

    /// <param name="function">The function.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="current">Null: there is no statement. Else whether it is as it should be.</param>
    /// <param name="alias">Comes before.</param>
    /// <param name="stays">Whether it stays when the run fails.</param>
    /// <param name="before">Changes of the same policy, which come before, too.</param>
    public Step Plan(string function, string bucket, bool? current, Step alias, bool stays, IReadOnlyList<Step> before) =>
        Plan(function, OfBucket(bucket), current, alias, stays, before);

    /// <inheritdoc cref="Plan(string, string, bool?, Step, bool, IReadOnlyList{Step})"/>
    public Step PlanRule(string function, bool? current, Step alias, bool stays) => Plan(function, OfRule(function), current, alias, stays, []);

    public Step PlanRemoval(string function, string bucket, IReadOnlyList<Step> after) =>
        PlanRemoval(function, OfBucket(bucket), $"bucket '{bucket}' no longer starts the function", after);

    public Step PlanRuleRemoval(string function, IReadOnlyList<Step> after) =>
        PlanRemoval(function, OfRule(function), "EventBridge no longer starts the function", after);

    /// <summary>Takes away what is left of ours in the policy of the function itself.</summary>
    public async Task RemoveFormer(string function, FunctionStatements former, CancellationToken cancellation)
    {
        foreach (var caller in former.Buckets.Keys.Select(OfBucket).Concat(former.Rule is null ? [] : [OfRule(function)]))
        {
            await Remove(function, null, caller, cancellation);
        }
    }

    private Step Plan(string function, Caller caller, bool? current, Step alias, bool stays, IReadOnlyList<Step> before)
    {
        // An alias that is made anew has lost its policy.
        var lost = alias.Kind == StepKind.Create;
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "permission",
            Name = $"{function} for {caller.Name}",
            Function = function,
            Reason = $"{caller.Service} may call the function",
            After = [alias, .. before],
        };
        return (lost ? null : current) switch
        {
            true => step,
            false => step with
            {
                Kind = StepKind.Replace,
                Reason = "it names another account or source",
                Action = async (run, ct) =>
                {
                    await Remove(function, Names.Live, caller, ct);
                    await Add(function, caller, stays ? null : run, ct);
                },
            },
            null => step with
            {
                Kind = StepKind.Create,
                Reason = $"{caller.Service} has to call the function for {caller.For}",
                Action = (run, ct) => Add(function, caller, stays ? null : run, ct),
            },
        };
    }

    private Step PlanRemoval(string function, Caller caller, string reason, IReadOnlyList<Step> after) => new()
    {
        Kind = StepKind.Delete,
        Resource = "permission",
        Name = $"{function} for {caller.Name}",
        Function = function,
        Reason = reason,
        After = after,
        Action = (run, ct) => run.Create(() => Remove(function, Names.Live, caller, ct), undo => PutBack(function, caller, undo)),
    };

    private Caller OfBucket(string bucket) =>
        new(Names.Permission(bucket), bucket, "S3", $"bucket '{bucket}'", "s3.amazonaws.com", target.BucketArn(bucket));

    private Caller OfRule(string function) => new(
        Names.RulePermission, "EventBridge", "EventBridge", $"rule '{Names.EventRule(function)}'", "events.amazonaws.com", target.EventRuleArn(Names.EventRule(function)));

    private Task<bool> Add(string function, Caller caller, StepRun? run, CancellationToken cancellation)
    {
        return run?.Create(Write, undo => Remove(function, Names.Live, caller, undo)) ?? Write();

        Task<bool> Write() => Poll.Again(ct => Add(Request(function, caller), caller, ct), e => IsConcurrent(e) || IsUnknown(e), longest, cancellation);
    }

    // A function that is gone is called by nobody.
    private async Task PutBack(string function, Caller caller, CancellationToken cancellation)
    {
        try
        {
            await Poll.Again(ct => Add(Request(function, caller), caller, ct), IsConcurrent, longest, cancellation);
        }
        catch (AmazonServiceException e) when (IsUnknown(e))
        {
            // And its policy with it.
        }
    }

    private AddPermissionRequest Request(string function, Caller caller) => new()
    {
        FunctionName = function,
        Qualifier = Names.Live,
        StatementId = caller.Sid,
        Action = Action,
        Principal = caller.Principal,
        SourceArn = caller.SourceArn,
        SourceAccount = target.Account,
    };

    private static bool IsUnknown(Exception e) => e is AmazonServiceException { ErrorCode: "ResourceNotFoundException" };

    // Of a statement that is there already Lambda says the same with other words.
    private static bool IsConcurrent(Exception e) =>
        e is AmazonServiceException { ErrorCode: "ResourceConflictException" } && !e.Message.Contains("already exists", StringComparison.OrdinalIgnoreCase);

    // A call that was repeated because its answer was lost finds what it has made itself.
    private async Task<bool> Add(AddPermissionRequest request, Caller caller, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Lambda.AddPermissionAsync(request, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceConflictException")
        {
            var found = await Find(request.FunctionName!, request.Qualifier, cancellation);
            if (!(caller.Sid == Names.RulePermission ? found.Rule == true : found.Buckets.GetValueOrDefault(caller.Name)))
            {
                throw;
            }
        }

        return true;
    }

    private async Task Remove(string function, string? qualifier, Caller caller, CancellationToken cancellation)
    {
        var request = new RemovePermissionRequest { FunctionName = function, Qualifier = qualifier, StatementId = caller.Sid };
        try
        {
            await Poll.Again(ct => target.Clients.Lambda.RemovePermissionAsync(request, ct), IsConcurrent, longest, cancellation);
        }
        catch (AmazonServiceException e) when (IsUnknown(e))
        {
            // That is what was wanted.
        }
    }

    private bool IsRight(JsonElement statement, Caller caller)
    {
        var conditions = statement.TryGetProperty("Condition", out var condition)
            ? condition.EnumerateObject().SelectMany(operation => operation.Value.EnumerateObject())
                .ToDictionary(c => c.Name, c => c.Value.GetString(), StringComparer.OrdinalIgnoreCase)
            : [];
        return Text(statement, "Action") == Action
            && statement.TryGetProperty("Principal", out var principal)
            && principal.ValueKind == JsonValueKind.Object
            && Text(principal, "Service") == caller.Principal
            && conditions.GetValueOrDefault("AWS:SourceAccount") == target.Account
            && conditions.GetValueOrDefault("AWS:SourceArn") == caller.SourceArn;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <param name="Sid">Its statement.</param>
    /// <param name="Name">In the step's name: the bucket's, or EventBridge.</param>
    /// <param name="Service">For people.</param>
    /// <param name="For">For what it calls.</param>
    /// <param name="Principal">For the policy.</param>
    /// <param name="SourceArn">Of what it calls for.</param>
    private sealed record Caller(string Sid, string Name, string Service, string For, string Principal, string SourceArn);
}
