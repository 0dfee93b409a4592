using System.Text.Json;
using Amazon.Runtime;
using ScarNet.Aws.Lambda.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// Who may call a function: S3 for one bucket, and only while this account owns it (a bucket can be deleted and made again by
/// somebody else), EventBridge for the function's rule.
/// </summary>
internal sealed class Permissions(Target target)
{
    private const string Action = "lambda:InvokeFunction";

    /// <summary>Statements of ours.</summary>
    public async Task<FunctionStatements> Find(string function, CancellationToken cancellation)
    {
        try
        {
            var policy = await target.Clients.Lambda.GetPolicyAsync(new GetPolicyRequest { FunctionName = function }, cancellation);
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
            return new(new Dictionary<string, bool>(), null);
        }
    }

    /// <param name="function">The function.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="current">Null: there is no statement. Else whether it is as it should be.</param>
    /// <param name="functionStep">Comes before.</param>
    public Step Plan(string function, string bucket, bool? current, Step functionStep) => Plan(function, OfBucket(bucket), current, functionStep);

    /// <inheritdoc cref="Plan(string, string, bool?, Step)"/>
    public Step PlanRule(string function, bool? current, Step functionStep) => Plan(function, OfRule(function), current, functionStep);

    public Step PlanRemoval(string function, string bucket, IReadOnlyList<Step> after) =>
        PlanRemoval(function, OfBucket(bucket), $"bucket '{bucket}' no longer starts the function", after);

    public Step PlanRuleRemoval(string function, IReadOnlyList<Step> after) =>
        PlanRemoval(function, OfRule(function), "EventBridge no longer starts the function", after);

    private Step Plan(string function, Caller caller, bool? current, Step functionStep)
    {
        // A function that is made anew has lost its policy.
        var lost = functionStep.Kind is StepKind.Create or StepKind.Replace;
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "permission",
            Name = $"{function} for {caller.Name}",
            Function = function,
            Reason = $"{caller.Service} may call the function",
            After = [functionStep],
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
                    await Remove(function, caller, ct);
                    await Add(function, caller, run, ct);
                },
            },
            null => step with
            {
                Kind = StepKind.Create,
                Reason = $"{caller.Service} has to call the function for {caller.For}",
                Action = (run, ct) => Add(function, caller, run, ct),
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
        Action = (_, ct) => Remove(function, caller, ct),
    };

    private Caller OfBucket(string bucket) =>
        new(Names.Permission(bucket), bucket, "S3", $"bucket '{bucket}'", "s3.amazonaws.com", target.BucketArn(bucket));

    private Caller OfRule(string function) => new(
        Names.RulePermission, "EventBridge", "EventBridge", $"rule '{Names.EventRule(function)}'", "events.amazonaws.com", target.EventRuleArn(Names.EventRule(function)));

    private async Task Add(string function, Caller caller, StepRun run, CancellationToken cancellation)
    {
        var request = new AddPermissionRequest
        {
            FunctionName = function,
            StatementId = caller.Sid,
            Action = Action,
            Principal = caller.Principal,
            SourceArn = caller.SourceArn,
            SourceAccount = target.Account,
        };
        await run.Create(() => Add(request, caller, cancellation), undo => Remove(function, caller, undo));
    }

    // A call that was repeated because its answer was lost finds what it has made itself.
    private async Task Add(AddPermissionRequest request, Caller caller, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Lambda.AddPermissionAsync(request, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceConflictException")
        {
            var found = await Find(request.FunctionName!, cancellation);
            if (!(caller.Sid == Names.RulePermission ? found.Rule == true : found.Buckets.GetValueOrDefault(caller.Name)))
            {
                throw;
            }
        }
    }

    private async Task Remove(string function, Caller caller, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Lambda.RemovePermissionAsync(
                new RemovePermissionRequest { FunctionName = function, StatementId = caller.Sid }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
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
