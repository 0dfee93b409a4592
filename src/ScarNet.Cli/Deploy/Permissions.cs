using System.Text.Json;
using Amazon.Runtime;
using ScarNet.Aws.Lambda.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// S3's right to call a function: for one bucket, and only while this account owns it (a bucket can be deleted and made again by
/// somebody else).
/// </summary>
internal sealed class Permissions(Target target)
{
    private const string Action = "lambda:InvokeFunction";
    private const string Principal = "s3.amazonaws.com";

    /// <summary>Statements of ours by the bucket they are for; whether each is as it should be.</summary>
    public async Task<Dictionary<string, bool>> Find(string function, CancellationToken cancellation)
    {
        try
        {
            var policy = await target.Clients.Lambda.GetPolicyAsync(new GetPolicyRequest { FunctionName = function }, cancellation);
            using var document = JsonDocument.Parse(policy.Policy ?? "{}");
            return document.RootElement.TryGetProperty("Statement", out var statements)
                ? statements.EnumerateArray()
                    .Select(s => (Bucket: Names.BucketOfPermission(Text(s, "Sid") ?? ""), Statement: s))
                    .Where(s => s.Bucket is not null)
                    .ToDictionary(s => s.Bucket!, s => IsRight(s.Statement, s.Bucket!))
                : [];
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return [];
        }
    }

    /// <param name="function">The function.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="current">Null: there is no statement. Else whether it is as it should be.</param>
    /// <param name="functionStep">Comes before.</param>
    public Step Plan(string function, string bucket, bool? current, Step functionStep)
    {
        // A function that is made anew has lost its policy.
        var lost = functionStep.Kind is StepKind.Create or StepKind.Replace;
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "permission",
            Name = $"{function} for {bucket}",
            Function = function,
            Reason = "S3 may call the function",
            After = [functionStep],
        };
        return (lost ? null : current) switch
        {
            true => step,
            false => step with
            {
                Kind = StepKind.Replace,
                Reason = "it names another account or bucket",
                Action = async (run, ct) =>
                {
                    await Remove(function, bucket, ct);
                    await Add(function, bucket, run, ct);
                },
            },
            null => step with
            {
                Kind = StepKind.Create,
                Reason = $"S3 has to call the function for bucket '{bucket}'",
                Action = (run, ct) => Add(function, bucket, run, ct),
            },
        };
    }

    public Step PlanRemoval(string function, string bucket, IReadOnlyList<Step> after) => new()
    {
        Kind = StepKind.Delete,
        Resource = "permission",
        Name = $"{function} for {bucket}",
        Function = function,
        Reason = $"bucket '{bucket}' no longer starts the function",
        After = after,
        Action = (_, ct) => Remove(function, bucket, ct),
    };

    private async Task Add(string function, string bucket, StepRun run, CancellationToken cancellation)
    {
        var request = new AddPermissionRequest
        {
            FunctionName = function,
            StatementId = Names.Permission(bucket),
            Action = Action,
            Principal = Principal,
            SourceArn = target.BucketArn(bucket),
            SourceAccount = target.Account,
        };
        await run.Create(() => Add(request, bucket, cancellation), undo => Remove(function, bucket, undo));
    }

    // A call that was repeated because its answer was lost finds what it has made itself.
    private async Task Add(AddPermissionRequest request, string bucket, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Lambda.AddPermissionAsync(request, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceConflictException")
        {
            if (!(await Find(request.FunctionName!, cancellation)).GetValueOrDefault(bucket))
            {
                throw;
            }
        }
    }

    private async Task Remove(string function, string bucket, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Lambda.RemovePermissionAsync(
                new RemovePermissionRequest { FunctionName = function, StatementId = Names.Permission(bucket) }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            // That is what was wanted.
        }
    }

    private bool IsRight(JsonElement statement, string bucket)
    {
        var conditions = statement.TryGetProperty("Condition", out var condition)
            ? condition.EnumerateObject().SelectMany(operation => operation.Value.EnumerateObject())
                .ToDictionary(c => c.Name, c => c.Value.GetString(), StringComparer.OrdinalIgnoreCase)
            : [];
        return Text(statement, "Action") == Action
            && statement.TryGetProperty("Principal", out var principal)
            && principal.ValueKind == JsonValueKind.Object
            && Text(principal, "Service") == Principal
            && conditions.GetValueOrDefault("AWS:SourceAccount") == target.Account
            && conditions.GetValueOrDefault("AWS:SourceArn") == target.BucketArn(bucket);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
