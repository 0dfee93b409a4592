using Amazon.Runtime;
using ScarNet.Aws.CloudFormation;
using ScarNet.Aws.CloudFormation.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Core;

namespace ScarNet.Cli.Foundation;

/// <summary>One stack: looked at, changed by change sets, waited for.</summary>
internal sealed class Stacks(AmazonCloudFormationClient client, string name)
{
    /// <summary>A compute environment that comes to nothing takes AWS the longest.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(40);

    /// <summary>Null when there is none, or nothing but a first change set.</summary>
    public async Task<Stack?> Find(CancellationToken cancellation) =>
        await Look(name, cancellation) is { StackStatus: not ("REVIEW_IN_PROGRESS" or "DELETE_COMPLETE") } stack ? stack : null;

    /// <summary>Makes a change set.</summary>
    /// <returns>Its id, its stack's when that came with it, and what it would change; null when that is nothing.</returns>
    /// <exception cref="ScarException">CloudFormation refuses it.</exception>
    public async Task<(string Id, string? EmptyStack, IReadOnlyList<ResourceChange> Changes)?> Prepare(
        Stack? stack, IReadOnlyDictionary<string, string> given, CancellationToken cancellation)
    {
        var created = await client.CreateChangeSetAsync(
            new CreateChangeSetRequest
            {
                StackName = name,
                ChangeSetName = $"scarnet-{Guid.NewGuid():N}",
                ChangeSetType = stack is null ? "CREATE" : "UPDATE",
                Description = "scarnet bootstrap",
                TemplateBody = FoundationTemplate.Text,
                Parameters = FoundationParameters.Of(given, stack),
                Capabilities = ["CAPABILITY_NAMED_IAM"],
                Tags = new() { [Deploy.Tags.Foundation] = name },
                ImportExistingResources = true, // an artifact bucket that 'init' has made, or that an earlier foundation has left
            },
            cancellation);
        var (id, empty) = (created.Id!, stack is null ? created.StackId : null);
        var seen = await Poll.Until(
            ct => client.DescribeChangeSetAsync(new() { ChangeSetName = id, StackName = created.StackId }, ct),
            set => set.Status is "CREATE_COMPLETE" or "FAILED",
            longest,
            $"the change set of stack '{name}'",
            cancellation);
        if (seen.Status == "FAILED")
        {
            await Drop(id, empty, cancellation);
            return seen.StatusReason is { } why && (why.Contains("didn't contain changes", StringComparison.Ordinal) || why.Contains("No updates", StringComparison.Ordinal))
                ? null
                : throw new ScarException($"CloudFormation refuses the change of stack '{name}': {seen.StatusReason}", "mend what it names, then run the command again");
        }

        var changes = new List<ResourceChange>(seen.Changes);
        while (seen.NextToken is { } next)
        {
            seen = await client.DescribeChangeSetAsync(new() { ChangeSetName = id, StackName = created.StackId, NextToken = next }, cancellation);
            changes.AddRange(seen.Changes);
        }

        return (id, empty, changes);
    }

    /// <summary>Takes a change set away, and the empty stack that came with it, unless that is none any more.</summary>
    /// <param name="changeSet">Its id.</param>
    /// <param name="emptyStack">The stack's id; null when it was there before.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task Drop(string changeSet, string? emptyStack, CancellationToken cancellation)
    {
        // Another run may have carried out its own change set of the same stack meanwhile, or have taken that away and made it anew.
        var isEmpty = emptyStack is not null && await Look(name, cancellation) is { StackStatus: "REVIEW_IN_PROGRESS" } stack && stack.StackId == emptyStack;
        if (isEmpty || emptyStack is null)
        {
            await client.DeleteChangeSetAsync(new() { ChangeSetName = changeSet, StackName = name }, cancellation);
        }

        if (isEmpty)
        {
            await client.DeleteStackAsync(new() { StackName = emptyStack }, cancellation);
        }
    }

    /// <summary>Carries a change set out.</summary>
    /// <param name="changeSet">Its id.</param>
    /// <param name="told">Gets every event.</param>
    /// <param name="cancellation">Ends the wait; the stack goes on.</param>
    /// <returns>The stack at its end, and the events of what failed.</returns>
    public async Task<(Stack Stack, IReadOnlyList<StackEvent> Failed)> Execute(string changeSet, Action<StackEvent> told, CancellationToken cancellation)
    {
        var known = (await Events(cancellation)).Select(e => e.EventId).ToHashSet();
        await client.ExecuteChangeSetAsync(new() { ChangeSetName = changeSet, StackName = name }, cancellation);
        return await Follow(name, known, told, cancellation);
    }

    /// <summary>Takes away a stack whose creation failed: it can be nothing else.</summary>
    public async Task Delete(Stack stack, Action<StackEvent> told, CancellationToken cancellation)
    {
        var known = (await Events(cancellation)).Select(e => e.EventId).ToHashSet();
        await client.DeleteStackAsync(new() { StackName = name }, cancellation);
        var (end, failed) = await Follow(stack.StackId!, known, told, cancellation);
        if (end.StackStatus != "DELETE_COMPLETE")
        {
            throw new ScarException($"stack '{name}' cannot be deleted: {string.Join("; ", failed.Select(e => $"{e.LogicalResourceId}: {e.ResourceStatusReason}"))}");
        }
    }

    private async Task<(Stack Stack, IReadOnlyList<StackEvent> Failed)> Follow(
        string nameOrId, HashSet<string?> known, Action<StackEvent> told, CancellationToken cancellation)
    {
        var failed = new List<StackEvent>();
        var end = await Poll.Until(
            async ct =>
            {
                // The state first: what is told afterwards is then all there is.
                var stack = await Look(nameOrId, ct) ?? throw new ScarException($"stack '{name}' has vanished");
                foreach (var e in (await Events(ct, nameOrId)).Reverse().Where(e => known.Add(e.EventId)))
                {
                    told(e);
                    if (e.ResourceStatus?.EndsWith("_FAILED", StringComparison.Ordinal) == true)
                    {
                        failed.Add(e);
                    }
                }

                return stack;
            },
            stack => stack.StackStatus?.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) == false,
            longest,
            $"stack '{name}'",
            cancellation);
        return (end, failed);
    }

    private async Task<Stack?> Look(string nameOrId, CancellationToken cancellation)
    {
        try
        {
            return (await client.DescribeStacksAsync(new() { StackName = nameOrId }, cancellation)).Stacks.FirstOrDefault();
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ValidationError" && e.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<StackEvent>> Events(CancellationToken cancellation, string? nameOrId = null) =>
        (await client.DescribeStackEventsAsync(new() { StackName = nameOrId ?? name }, cancellation)).StackEvents;
}
