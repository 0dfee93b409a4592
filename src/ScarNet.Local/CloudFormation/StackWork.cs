using System.Text.Json.Nodes;
using ScarNet.Local.CloudFormation.Kinds;
using ScarNet.Local.Http;

namespace ScarNet.Local.CloudFormation;

/// <summary>
/// Carries out one change set or one deletion; what fails is taken back. Whatever goes wrong becomes the stack's state: a template must
/// not stop the engine. Only the engine's stop ends it earlier.
/// </summary>
/// <param name="journal">Where what happens is written.</param>
/// <param name="kinds">What becomes of each type.</param>
/// <param name="clock">For times.</param>
/// <param name="placeOf">What a stack's pseudo parameters say.</param>
internal sealed class StackWork(StackJournal journal, ResourceKinds kinds, TimeProvider clock, Func<StackRecord, StackPlace> placeOf)
{
    /// <param name="stack">As it is told, in progress.</param>
    /// <param name="before">As it was.</param>
    /// <param name="set">What is to change.</param>
    /// <param name="cancellation">The engine's stop.</param>
    public async Task Carry(StackRecord stack, StackRecord before, ChangeSetRecord set, CancellationToken cancellation)
    {
        var verb = before.Status == "REVIEW_IN_PROGRESS" ? "CREATE" : "UPDATE";
        try
        {
            var template = Template.Read(set.Template);
            foreach (var resource in ResourceOrder.Of(template, set.Parameters, placeOf(stack)))
            {
                if (set.Changes.FirstOrDefault(change => change.Name == resource.Name && change.Action != "Remove") is { } change)
                {
                    stack = await Apply(stack, template, set.Parameters, change, cancellation);
                }
            }

            var outputs = Evaluated(stack, template, set.Parameters).Outputs();
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
                Outputs = outputs,
                Updated = verb == "UPDATE" ? clock.GetUtcNow() : stack.Updated,
            };
            await journal.Tell(stack, $"{verb}_COMPLETE", null, cancellation, set with { Execution = "EXECUTE_COMPLETE" });
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            var (left, why) = Failure(e, stack, verb.ToLowerInvariant());
            left = await journal.Tell(
                left, verb == "CREATE" ? "ROLLBACK_IN_PROGRESS" : "UPDATE_ROLLBACK_IN_PROGRESS", why + "Rollback requested by user.", cancellation, set with { Execution = "EXECUTE_FAILED" });
            await RollBack(left, before, set, verb == "CREATE" ? "ROLLBACK" : "UPDATE_ROLLBACK", why, cancellation);
        }
    }

    /// <param name="stack">As it is told, in progress.</param>
    /// <param name="cancellation">The engine's stop.</param>
    public async Task Delete(StackRecord stack, CancellationToken cancellation)
    {
        try
        {
            foreach (var resource in stack.Resources.Reverse().ToList())
            {
                stack = await Remove(stack, resource, cancellation);
            }

            await journal.Tell(stack, "DELETE_COMPLETE", null, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            var (left, why) = Failure(e, stack, "delete");
            await journal.Tell(left, "DELETE_FAILED", why, cancellation);
        }
    }

    private async Task<StackRecord> Apply(
        StackRecord stack, Template template, IReadOnlyDictionary<string, string> values, StackChange change, CancellationToken cancellation)
    {
        var resource = template.Resources[change.Name];
        var current = stack.Resources.FirstOrDefault(one => one.Name == change.Name);
        var verb = change.Action == "Modify" ? "UPDATE" : change.Action == "Import" ? "IMPORT" : "CREATE";
        var symbols = new Evaluation(template, values, placeOf(stack), Evaluation.Symbol) { IsSymbolic = true }.Properties(resource).ToJsonString();
        var row = current ?? new StackResource(resource.Name, resource.Type, "", symbols) { Status = "", Time = clock.GetUtcNow() };
        stack = await journal.Tell(stack, row, $"{verb}_IN_PROGRESS", null, cancellation);
        try
        {
            var input = new ResourceInput(placeOf(stack), resource.Name, resource.Type, Evaluated(stack, template, values).Properties(resource))
            {
                Remember = async id =>
                {
                    row = row with { PhysicalId = id };
                    stack = await journal.Tell(stack, row, $"{verb}_IN_PROGRESS", "Resource creation Initiated", cancellation);
                },
            };
            var kind = kinds.Of(resource.Type);
            var updates = verb == "UPDATE" && !change.Replacement;
            if (!updates && row.PhysicalId.Length > 0)
            {
                await Delete(stack, row, cancellation);
                row = row with { Type = resource.Type, PhysicalId = "", Properties = symbols };
            }

            var made = updates
                ? await kind.Update(row.PhysicalId, Resolved(stack, row), input, cancellation)
                : await kind.Create(input, change.Action == "Import", cancellation);
            row = row with { Type = resource.Type, PhysicalId = made.PhysicalId, Attributes = made.Attributes, Properties = symbols, IsRetained = resource.IsRetained };
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            stack = await journal.Tell(stack, row, $"{verb}_FAILED", Reason(e, resource.Type), cancellation);
            throw new ResourceFailure(stack, resource.Name);
        }

        return await journal.Tell(stack, row, $"{verb}_COMPLETE", null, cancellation);
    }

    private async Task RollBack(StackRecord stack, StackRecord before, ChangeSetRecord set, string verb, string why, CancellationToken cancellation)
    {
        try
        {
            foreach (var resource in stack.Resources.Reverse().ToList())
            {
                var old = before.Resources.FirstOrDefault(one => one.Name == resource.Name);
                if (old is not { IsMade: true })
                {
                    var imported = set.Changes.Any(change => change.Name == resource.Name && change.Action == "Import");
                    stack = await Remove(stack, resource with { IsRetained = imported }, cancellation);
                }
                else if (old.Properties != resource.Properties || old.PhysicalId != resource.PhysicalId || resource.Status.EndsWith("_FAILED", StringComparison.Ordinal))
                {
                    // What was made anew is made anew once more: under the name that it had.
                    var back = new StackChange("Modify", old.Name, old.Type, resource.PhysicalId, old.PhysicalId != resource.PhysicalId, []);
                    stack = await Apply(stack, Template.Read(before.Template), before.Parameters, back, cancellation);
                }
            }

            await journal.Tell(stack, $"{verb}_COMPLETE", why, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            var (left, more) = Failure(e, stack, "roll back");
            await journal.Tell(left, $"{verb}_FAILED", more, cancellation);
        }
    }

    private async Task<StackRecord> Remove(StackRecord stack, StackResource resource, CancellationToken cancellation)
    {
        var told = resource.IsRetained ? "DELETE_SKIPPED" : "DELETE_COMPLETE";
        if (!resource.IsRetained && resource.PhysicalId.Length > 0)
        {
            stack = await journal.Tell(stack, resource, "DELETE_IN_PROGRESS", null, cancellation);
            try
            {
                await Delete(stack, resource, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                stack = await journal.Tell(stack, resource, "DELETE_FAILED", Reason(e, resource.Type), cancellation);
                throw new ResourceFailure(stack, resource.Name);
            }
        }

        resource = resource with { Status = told, Reason = null, Time = clock.GetUtcNow() };
        stack = stack with { Resources = [.. stack.Resources.Where(one => one.Name != resource.Name)] };
        await journal.Save(rows => rows.Put(stack, StackEvent.Of(resource)), cancellation);
        return stack;
    }

    private Task Delete(StackRecord stack, StackResource resource, CancellationToken cancellation) =>
        kinds.Of(resource.Type).Delete(resource.PhysicalId, Resolved(stack, resource), cancellation);

    /// <summary>What is kept names other resources as the template does.</summary>
    private static JsonObject Resolved(StackRecord stack, StackResource resource)
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

    private static (StackRecord Stack, string Why) Failure(Exception e, StackRecord stack, string verb) => e is ResourceFailure failure
        ? (failure.Stack, $"The following resource(s) failed to {verb}: [{failure.Resource}]. ")
        : (stack, $"{Reason(e, stack.Name)}. ");

    // What is not the template's fault is the engine's, and nobody else would see where it was.
    private static string Reason(Exception e, string of)
    {
        if (e is ApiException api)
        {
            return $"{api.Message} (Service: {of}, Status Code: {api.Status}, Error Code: {api.Code})";
        }

        Console.Error.WriteLine($"scarnet: engine: {of}: {e}");
        return e.Message;
    }

#pragma warning disable CA1032, CA1064 // it never leaves this class: it brings the stack to where it is rolled back
    private sealed class ResourceFailure(StackRecord stack, string resource) : Exception
    {
        public StackRecord Stack => stack;

        public string Resource => resource;
    }
#pragma warning restore CA1032, CA1064
}
