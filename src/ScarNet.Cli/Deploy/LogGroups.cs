using Amazon.Runtime;
using ScarNet.Aws.Logs;
using ScarNet.Aws.Logs.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>The log group of a function, made before Lambda makes one that keeps everything for ever.</summary>
internal sealed class LogGroups(Target target)
{
    public async Task<Step> Plan(FunctionPlan function, CancellationToken cancellation)
    {
        var name = Names.LogGroup(function.Name);
        var days = function.Function.LogRetentionDays;
        var current = await Find(name, cancellation);
        var step = new Step { Kind = StepKind.Keep, Resource = "log group", Name = name, Function = function.Name, Reason = "is as it should be" };
        if (current is null)
        {
            return step with
            {
                Kind = StepKind.Create,
                Reason = $"keeps events for {days} days",
                Action = async (run, ct) =>
                {
                    await run.CreateOrAdopt(() => Create(name, function.ResourceTags, run, ct), undo => Delete(name, undo));
                    await SetRetention(name, days, ct);
                },
            };
        }

        return current.RetentionInDays == days ? step : step with
        {
            Kind = StepKind.Update,
            Reason = "keeps events for another time",
            Changes = [new("retentionInDays", current.RetentionInDays?.ToString() ?? "for ever", days.ToString())],
            Action = (_, ct) => SetRetention(name, days, ct),
        };
    }

    public async Task<LogGroup?> Find(string name, CancellationToken cancellation)
    {
        var request = new DescribeLogGroupsRequest { LogGroupNamePrefix = name };
        do
        {
            var page = await target.Clients.Logs.DescribeLogGroupsAsync(request, cancellation);
            if (page.LogGroups?.Find(group => group.LogGroupName == name) is { } found)
            {
                return found;
            }

            request.NextToken = page.NextToken;
        }
        while (request.NextToken is not null);

        return null;
    }

    /// <summary>Takes it away with all that is in it; does nothing when it is gone.</summary>
    public async Task Delete(string name, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Logs.DeleteLogGroupAsync(new DeleteLogGroupRequest { LogGroupName = name }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            // That is what was wanted.
        }
    }

    /// <summary>Whether it was made for a function of ours, and not by Lambda or somebody else.</summary>
    public async Task<bool> IsOf(LogGroup group, string function, CancellationToken cancellation) =>
        Tags.AreOf(await TagsOf(group, cancellation), function);

    private async Task<IReadOnlyDictionary<string, string>?> TagsOf(LogGroup group, CancellationToken cancellation)
    {
        try
        {
            var arn = group.LogGroupArn ?? group.Arn?.TrimEnd('*').TrimEnd(':');
            return (await target.Clients.Logs.ListTagsForResourceAsync(new ListTagsForResourceRequest { ResourceArn = arn }, cancellation)).Tags;
        }
        catch (AmazonCloudWatchLogsException e) when (e.ErrorCode is "ResourceNotFoundException" or "AccessDeniedException")
        {
            return null; // gone, or for nobody of us to say: then it is left
        }
    }

    /// <returns>Whether this run has made it: not when the function has run in the meantime and Lambda was faster, or another run was.</returns>
    private async Task<bool> Create(string name, Dictionary<string, string> tags, StepRun run, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Logs.CreateLogGroupAsync(new CreateLogGroupRequest { LogGroupName = name, Tags = run.Tagged(tags) }, cancellation);
            return true;
        }
        catch (AmazonCloudWatchLogsException e) when (e.ErrorCode == "ResourceAlreadyExistsException")
        {
            return await Find(name, cancellation) is { } existing && run.HasMade(await TagsOf(existing, cancellation));
        }
    }

    private async Task SetRetention(string name, int days, CancellationToken cancellation) =>
        await target.Clients.Logs.PutRetentionPolicyAsync(
            new PutRetentionPolicyRequest { LogGroupName = name, RetentionInDays = days }, cancellation);
}
