using System.Text.Json.Nodes;
using System.Threading.Channels;
using ScarNet.Local.CloudFormation.Kinds;
using ScarNet.Local.Http;

namespace ScarNet.Local.CloudFormation;

/// <summary>Carries change sets out, one after another, in the background; what fails is taken back.</summary>
internal sealed class StackRunner(StackStore store, ResourceKinds kinds, TimeProvider clock, Func<StackRecord, StackPlace> placeOf)
{
    /// <summary>Clients ask again only every 30 s: what is done within this is told with the call that asked for it.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    private readonly Channel<Func<CancellationToken, Task>> work = Channel.CreateUnbounded<Func<CancellationToken, Task>>();

    /// <summary>Takes a change set that is there to be executed; returns when that is written down.</summary>
    public async Task Execute(ChangeSetRecord set, CancellationToken cancellation)
    {
        var before = store.Get(set.StackId);
        var creates = before.Status == "REVIEW_IN_PROGRESS";
        await store.Save(set with { Execution = "EXECUTE_IN_PROGRESS" }, cancellation);
        var stack = await Tell(before with { Reason = null }, creates ? "CREATE_IN_PROGRESS" : "UPDATE_IN_PROGRESS", "User Initiated", cancellation);
        await Begin(ct => Carry(stack, before, set, creates ? "CREATE" : "UPDATE", ct), cancellation);
    }

    /// <summary>Takes a stack away.</summary>
    public async Task Delete(StackRecord stack, CancellationToken cancellation)
    {
        var told = await Tell(stack, "DELETE_IN_PROGRESS", "User Initiated", cancellation);
        await Begin(ct => Remove(told, ct), cancellation);
    }

    /// <summary>The engine's loop.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        foreach (var stack in store.Stacks().Where(stack => stack.IsBusy))
        {
            var failed = stack.Status.Replace("_IN_PROGRESS", "_FAILED", StringComparison.Ordinal).Replace("_CLEANUP", "", StringComparison.Ordinal);
            await Tell(stack, failed, "The engine was stopped while it was at it", cancellation);
        }

        await foreach (var next in work.Reader.ReadAllAsync(cancellation))
        {
            await next(cancellation);
        }
    }

    private async Task Begin(Func<CancellationToken, Task> next, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Writer.TryWrite(async ct =>
        {
            try
            {
                await next(ct);
            }
            finally
            {
                done.SetResult();
            }
        });
        await Task.WhenAny(done.Task, Task.Delay(patience, cancellation));
    }

    private async Task Carry(StackRecord stack, StackRecord before, ChangeSetRecord set, string verb, CancellationToken cancellation)
    {
        var template = Template.Read(set.Template);
        try
        {
            foreach (var name in Order(stack, template, set.Parameters))
            {
                if (set.Changes.FirstOrDefault(change => change.Name == name && change.Action != "Remove") is { } change)
                {
                    stack = await Apply(stack, template, set.Parameters, change, cancellation);
                }
            }

            foreach (var change in set.Changes.Where(change => change.Action == "Remove"))
            {
                stack = await Remove(stack, stack.Resources.First(resource => resource.Name == change.Name), cancellation);
            }

            stack = stack with
            {
                Template = set.Template,
                Parameters = set.Parameters,
                Tags = set.Tags,
                Capabilities = set.Capabilities,
                Outputs = Outputs(stack, template, set.Parameters),
                Updated = verb == "UPDATE" ? clock.GetUtcNow() : stack.Updated,
            };
            await store.Save(set with { Execution = "EXECUTE_COMPLETE" }, cancellation);
            await Tell(stack, $"{verb}_COMPLETE", null, cancellation);
        }
        catch (ResourceFailure failure)
        {
            await store.Save(set with { Execution = "EXECUTE_FAILED" }, cancellation);
            await RollBack(failure.Stack, before, set, verb == "CREATE" ? "ROLLBACK" : "UPDATE_ROLLBACK", $"The following resource(s) failed to {verb.ToLowerInvariant()}: [{failure.Resource}]. ", cancellation);
        }
    }

    private static IEnumerable<string> Order(StackRecord stack, Template template, IReadOnlyDictionary<string, string> values) =>
        ResourceOrder.Of(template, values, new(stack.Name, stack.Id, "", "")).Select(resource => resource.Name);

    private async Task<StackRecord> Apply(
        StackRecord stack, Template template, IReadOnlyDictionary<string, string> values, StackChange change, CancellationToken cancellation)
    {
        var resource = template.Resources[change.Name];
        var verb = change.Action == "Modify" ? "UPDATE" : change.Action == "Import" ? "IMPORT" : "CREATE";
        var current = stack.Resources.FirstOrDefault(one => one.Name == change.Name);
        var symbols = new Evaluation(template, values, placeOf(stack), Evaluation.Symbol).Properties(resource).ToJsonString();
        var row = current ?? new StackResource(resource.Name, resource.Type, "", symbols) { Status = "", Time = clock.GetUtcNow() };
        stack = await Tell(stack, row, $"{verb}_IN_PROGRESS", null, cancellation);
        try
        {
            var input = new ResourceInput(placeOf(stack), resource.Name, resource.Type, Evaluated(stack, template, values).Properties(resource));
            var kind = kinds.Of(resource.Type);
            if (change.Replacement && current is not null)
            {
                await Delete(stack, current, cancellation);
            }

            var made = verb == "UPDATE" && !change.Replacement
                ? await kind.Update(current!.PhysicalId, Resolved(stack, current), input, cancellation)
                : await kind.Create(input, change.Action == "Import", cancellation);
            return await Tell(
                stack,
                row with { Type = resource.Type, PhysicalId = made.PhysicalId, Attributes = made.Attributes, Properties = symbols, IsRetained = resource.IsRetained },
                $"{verb}_COMPLETE",
                null,
                cancellation);
        }
        catch (Exception e) when (e is ApiException or FormatException or InvalidOperationException or NullReferenceException)
        {
            stack = await Tell(stack, row, $"{verb}_FAILED", e is ApiException api ? $"{api.Message} (Service: {resource.Type}, Status Code: {api.Status}, Error Code: {api.Code})" : e.Message, cancellation);
            throw new ResourceFailure(stack, resource.Name);
        }
    }

    private async Task RollBack(StackRecord stack, StackRecord before, ChangeSetRecord set, string verb, string why, CancellationToken cancellation)
    {
        stack = await Tell(stack, $"{verb}_IN_PROGRESS", why + "Rollback requested by user.", cancellation);
        try
        {
            foreach (var resource in stack.Resources.Reverse().ToList())
            {
                var old = before.Resources.FirstOrDefault(one => one.Name == resource.Name);
                if (old is null)
                {
                    var imported = set.Changes.Any(change => change.Name == resource.Name && change.Action == "Import");
                    stack = await Remove(stack, resource with { IsRetained = imported }, cancellation);
                }
                else if (old.Properties != resource.Properties || resource.Status.EndsWith("_FAILED", StringComparison.Ordinal))
                {
                    var fields = new StackChange("Modify", old.Name, old.Type, resource.PhysicalId, false, []);
                    stack = await Apply(stack, Template.Read(before.Template), before.Parameters, fields, cancellation);
                }
            }

            await Tell(stack, $"{verb}_COMPLETE", why, cancellation);
        }
        catch (ResourceFailure failure)
        {
            await Tell(failure.Stack, $"{verb}_FAILED", $"The following resource(s) failed to roll back: [{failure.Resource}]. ", cancellation);
        }
    }

    private async Task Remove(StackRecord stack, CancellationToken cancellation)
    {
        try
        {
            foreach (var resource in stack.Resources.Reverse().ToList())
            {
                stack = await Remove(stack, resource, cancellation);
            }

            await Tell(stack, "DELETE_COMPLETE", null, cancellation);
        }
        catch (ResourceFailure failure)
        {
            await Tell(failure.Stack, "DELETE_FAILED", $"The following resource(s) failed to delete: [{failure.Resource}]. ", cancellation);
        }
    }

    private async Task<StackRecord> Remove(StackRecord stack, StackResource resource, CancellationToken cancellation)
    {
        var told = resource.IsRetained ? "DELETE_SKIPPED" : "DELETE_COMPLETE";
        if (!resource.IsRetained && resource.PhysicalId.Length > 0)
        {
            stack = await Tell(stack, resource, "DELETE_IN_PROGRESS", null, cancellation);
            try
            {
                await Delete(stack, resource, cancellation);
            }
            catch (ApiException e)
            {
                stack = await Tell(stack, resource, "DELETE_FAILED", e.Message, cancellation);
                throw new ResourceFailure(stack, resource.Name);
            }
        }

        stack = await Tell(stack, resource, told, null, cancellation);
        stack = stack with { Resources = [.. stack.Resources.Where(one => one.Name != resource.Name)] };
        await store.Save(stack, null, cancellation);
        return stack;
    }

    private Task Delete(StackRecord stack, StackResource resource, CancellationToken cancellation) =>
        kinds.Of(resource.Type).Delete(resource.PhysicalId, Resolved(stack, resource), cancellation);

    /// <summary>What is kept names other resources as the template does.</summary>
    private JsonObject Resolved(StackRecord stack, StackResource resource)
    {
        var text = resource.Properties;
        foreach (var other in stack.Resources.Where(other => other.Name != resource.Name))
        {
            text = other.Attributes.Aggregate(
                text.Replace($"${{{other.Name}}}", other.PhysicalId, StringComparison.Ordinal),
                (t, attribute) => t.Replace($"${{{other.Name}.{attribute.Key}}}", attribute.Value, StringComparison.Ordinal));
        }

        return (JsonObject)JsonNode.Parse(text)!;
    }

    private Evaluation Evaluated(StackRecord stack, Template template, IReadOnlyDictionary<string, string> values) =>
        new(template, values, placeOf(stack), (name, attribute) =>
        {
            var made = stack.Resources.FirstOrDefault(resource => resource.Name == name)
                ?? throw StackFault.Format($"Unresolved resource dependencies [{name}] in the Resources block of the template");
            return attribute is null ? made.PhysicalId
                : made.Attributes.TryGetValue(attribute, out var value) ? value
                : throw StackFault.Invalid($"Requested attribute {attribute} does not exist in schema for {made.Type}");
        });

    private IReadOnlyList<StackOutput> Outputs(StackRecord stack, Template template, IReadOnlyDictionary<string, string> values)
    {
        var evaluation = Evaluated(stack, template, values);
        return
        [
            .. template.Outputs.Where(output => output.Value["Condition"] is not { } condition || evaluation.Holds(condition.GetValue<string>()))
                .Select(output => new StackOutput(output.Key, evaluation.Text(output.Value["Value"]), (string?)output.Value["Description"] ?? "")),
        ];
    }

    private async Task<StackRecord> Tell(StackRecord stack, string status, string? reason, CancellationToken cancellation)
    {
        stack = stack with { Status = status, Reason = reason };
        await store.Save(stack, Event(stack.Name, stack.Id, "AWS::CloudFormation::Stack", status, reason), cancellation);
        return stack;
    }

    private async Task<StackRecord> Tell(StackRecord stack, StackResource resource, string status, string? reason, CancellationToken cancellation)
    {
        resource = resource with { Status = status, Reason = reason, Time = clock.GetUtcNow() };
        stack = stack.With(resource);
        await store.Save(stack, Event(resource.Name, resource.PhysicalId, resource.Type, status, reason), cancellation);
        return stack;
    }

    private StackEvent Event(string name, string physicalId, string type, string status, string? reason) =>
        new(Guid.NewGuid().ToString(), clock.GetUtcNow(), name, physicalId, type, status, reason);

#pragma warning disable CA1032, CA1064 // it never leaves this class: it brings the stack to where it is rolled back
    private sealed class ResourceFailure(StackRecord stack, string resource) : Exception
    {
        public StackRecord Stack => stack;

        public string Resource => resource;
    }
#pragma warning restore CA1032, CA1064
}
