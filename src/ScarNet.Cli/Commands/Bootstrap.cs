using ScarNet.Aws.CloudFormation.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Cli.Foundation;
using ScarNet.Cli.Output;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet bootstrap</c>: the foundation's stack, by change set.</summary>
internal sealed class Bootstrap(Session session)
{
    /// <summary>For taking away a change set that is not wanted: shorter than an interrupted command has.</summary>
    private static readonly TimeSpan longestDrop = TimeSpan.FromSeconds(20);

    private readonly Terminal terminal = session.Terminal;

    public async Task<int> Run(BootstrapRequest request, CancellationToken cancellation)
    {
        using var clients = await Cloud.Connect(session, cancellation);
        var target = await Target.Of(clients, cancellation);
        var stacks = new Stacks(clients.CloudFormation, request.StackName);
        var code = await FoundationCode.Of(Installation.Supervisor, cancellation);
        var stack = await stacks.Find(cancellation);
        Check(stack, request);
        if (stack?.StackStatus == "ROLLBACK_COMPLETE")
        {
            stack = await Clear(stacks, stack, request, target, cancellation);
        }

        var codeBucket = FoundationParameters.BucketOfCode(request.Parameters, stack, target.ArtifactBucket);
        // The code lies in the bucket that the stack makes: a new stack is made without, and gets it then.
        var isNew = stack is null;
        var given = WithCode(request.Parameters, isNew ? "" : code.Key);
        if (await stacks.Prepare(stack, given, cancellation) is not { } set)
        {
            return Show(request, stack, applied: false, []);
        }

        var changes = set.Changes.Select(FoundationChange.Of).ToList();
        var later = isNew && !request.Parameters.ContainsKey(FoundationParameters.CodeKey)
            ? FoundationParameters.NeedingCode(request.Parameters.GetValueOrDefault("Notices") == "yes")
                .Select(resource => new FoundationChange("add", resource.Name, resource.Type, null, null, [])).ToList()
            : [];
        if (!await Agreed(stacks, set.Id, set.EmptyStack, [.. changes, .. later], request, target, cancellation))
        {
            return Show(request, stack, applied: false, [.. changes, .. later]);
        }

        if (given.GetValueOrDefault(FoundationParameters.CodeKey) == code.Key)
        {
            await code.Put(clients.S3, codeBucket, cancellation);
        }

        var (end, failed) = await stacks.Execute(set.Id, Tell, cancellation);
        if (IsDone(end) && later.Count > 0)
        {
            terminal.Say($"scarnet: the job-state function's code goes into bucket '{codeBucket}'");
            await code.Put(clients.S3, codeBucket, cancellation);
            if (await stacks.Prepare(end, WithCode(request.Parameters, code.Key), cancellation) is { } second)
            {
                (end, failed) = await stacks.Execute(second.Id, Tell, cancellation);
            }
        }

        return IsDone(end) ? Show(request, end, applied: true, [.. changes, .. later]) : Fail(request, end, failed);
    }

    private static Dictionary<string, string> WithCode(IReadOnlyDictionary<string, string> given, string key)
    {
        var values = new Dictionary<string, string>(given, StringComparer.Ordinal);
        values.TryAdd(FoundationParameters.CodeKey, key);
        return values;
    }

    private static bool IsDone(Stack stack) => stack.StackStatus is "CREATE_COMPLETE" or "UPDATE_COMPLETE";

    private static void Check(Stack? stack, BootstrapRequest request)
    {
        if (stack?.StackStatus is { } status
            && (status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) || status is "CREATE_FAILED" or "ROLLBACK_FAILED" or "UPDATE_ROLLBACK_FAILED" or "DELETE_FAILED"))
        {
            throw new ScarException(
                $"stack '{request.StackName}' is in {status} and can not be changed{(stack.StackStatusReason is { } why ? $": {why}" : "")}",
                status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) ? "wait until it is done" : $"look at it in the console; 'aws cloudformation delete-stack --stack-name {request.StackName}' takes it away");
        }
    }

    // What is left of a creation that failed has nothing in it, and can only be taken away.
    private async Task<Stack?> Clear(Stacks stacks, Stack stack, BootstrapRequest request, Target target, CancellationToken cancellation)
    {
        if (request.Show)
        {
            throw new ScarException($"stack '{request.StackName}' is what a creation that failed has left", "without --show the command takes it away and makes it anew");
        }

        await Question.Confirm(
            terminal, $"scarnet: take away stack '{request.StackName}', whose creation failed, in account {target.Account}, {target.Region}?", request.Yes, cancellation);
        await stacks.Delete(stack, Tell, cancellation);
        return null;
    }

    private async Task<bool> Agreed(
        Stacks stacks, string set, string? emptyStack, IReadOnlyList<FoundationChange> changes, BootstrapRequest request, Target target, CancellationToken cancellation)
    {
        var agreed = false;
        try
        {
            if (!request.Show)
            {
                foreach (var change in changes)
                {
                    terminal.Say(BootstrapText.Line(change));
                }

                await Question.Confirm(terminal, $"scarnet: carry this out in account {target.Account}, {target.Region}?", request.Yes, cancellation);
                agreed = true;
            }
        }
        finally
        {
            if (!agreed)
            {
                // Also when the command has been interrupted, and has but a while to end.
                using var deadline = new CancellationTokenSource(longestDrop);
                await stacks.Drop(set, emptyStack, deadline.Token);
            }
        }

        return agreed;
    }

    private void Tell(StackEvent e) => terminal.Say(Printable.Of(
        $"scarnet: {e.ResourceStatus} {e.LogicalResourceId} {e.ResourceType}{(e.ResourceStatusReason is { } why ? $": {why}" : "")}"));

    private int Show(BootstrapRequest request, Stack? stack, bool applied, IReadOnlyList<FoundationChange> changes)
    {
        var outputs = new SortedDictionary<string, string>(stack?.Outputs ?? [], StringComparer.Ordinal);
        terminal.Answer(
            session.Options.Json,
            new BootstrapAnswer(request.StackName, stack?.StackStatus, applied, changes, outputs),
            AnswerJson.Shapes.BootstrapAnswer,
            BootstrapText.Of);
        return ExitCode.Done;
    }

    private int Fail(BootstrapRequest request, Stack end, IReadOnlyList<StackEvent> failed)
    {
        var reasons = failed.Where(e => e.LogicalResourceId != request.StackName).Select(e => $"{e.LogicalResourceId} ({e.ResourceType}): {e.ResourceStatusReason}");
        terminal.Fail(
            string.Join('\n', reasons.Prepend($"stack '{request.StackName}' ended in {end.StackStatus}")),
            "CloudFormation took back what it had changed; mend what it names, then run the command again");
        return ExitCode.Failed;
    }
}
