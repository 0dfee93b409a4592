using System.Globalization;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// Functions that were made before they had an alias. S3 is moved from the function to its alias with one write, so that each object starts one of the two; what
/// let S3 call the function itself stays for a while: S3 needs minutes to know of the change, and Lambda tries for hours what it was handed.
/// </summary>
internal sealed class Migration(Target target, Notifications notifications)
{
    /// <summary>
    /// Lambda keeps an event no longer than six hours, and S3 knows of new notifications within five minutes. Sources:
    /// docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html, docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(7);

    /// <summary>By function: what comes before S3 is moved to the alias, where it is still told to call the function itself.</summary>
    /// <param name="parts">All functions.</param>
    /// <param name="exists">Whether a bucket does.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Dictionary<string, Step>> Moves(IReadOnlyList<FunctionSteps> parts, Func<string, Task<bool>> exists, CancellationToken cancellation)
    {
        var moves = parts.Where(p => p.Live.Move is not null).ToDictionary(p => p.Plan.Name, p => p.Live.Move!);
        foreach (var part in parts.Where(p => !moves.ContainsKey(p.Plan.Name)))
        {
            foreach (var bucket in part.There.Former.Buckets.Keys)
            {
                if (await exists(bucket) && IsCalled(part.Plan.Name, (await notifications.Seen(bucket, cancellation)).Entries))
                {
                    moves[part.Plan.Name] = Plan(target, part.Plan.Name, part.Step);
                }
            }
        }

        return moves;
    }

    /// <summary>Writes down when it was, before S3 is told.</summary>
    public static Step Plan(Target target, string function, Step after) => new()
    {
        Kind = StepKind.Update,
        Resource = "function tag",
        Name = $"{function} {Tags.Moved}",
        Function = function,
        Reason = "S3 calls the function itself until now, and its alias from now on",
        After = [after],
        Action = (_, ct) => target.Clients.Lambda.TagResourceAsync(
            new TagResourceRequest
            {
                Resource = target.FunctionArn(function),
                Tags = new() { [Tags.Moved] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) },
            },
            ct),
    };

    /// <summary>Takes away what nobody needs any more; null as long as somebody may, or when nothing is left.</summary>
    /// <param name="function">The function.</param>
    /// <param name="there">What is there of it.</param>
    /// <param name="after">Comes before.</param>
    public Step? PlanEnd(string function, SeenFunction there, Step after) =>
        there is { Live: not null, Moved: { } moved } && TimeProvider.System.GetUtcNow() - moved > Patience
            ? new()
            {
                Kind = StepKind.Delete,
                Resource = "permission",
                Name = $"{function} without its alias",
                Function = function,
                Reason = $"S3 calls its alias since {moved:yyyy-MM-dd HH:mm}",
                After = [after],
                Action = async (_, ct) =>
                {
                    await new Permissions(target).RemoveFormer(function, there.Former, ct);
                    await new EventInvokeConfigs(target).Delete(function, null, ct);
                    await target.Clients.Lambda.UntagResourceAsync(new UntagResourceRequest { Resource = target.FunctionArn(function), TagKeys = [Tags.Moved] }, ct);
                },
            }
            : null;

    private bool IsCalled(string function, IEnumerable<NotificationEntry> entries) =>
        entries.Any(entry => entry.Function == function && entry.Destination == target.FunctionArn(function));
}
