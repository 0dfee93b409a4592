using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation;

/// <summary>What has to change so that a stack is as a template says.</summary>
internal static class StackPlan
{
    /// <param name="stack">As it is.</param>
    /// <param name="template">As it shall be.</param>
    /// <param name="values">Of the template's parameters.</param>
    /// <param name="place">Of the stack.</param>
    /// <param name="kinds">What the engine knows of types.</param>
    /// <param name="isThere">Whether something outside the stack has what the resource shall be called, and may be taken into it.</param>
    public static IReadOnlyList<StackChange> Of(
        StackRecord stack,
        Template template,
        IReadOnlyDictionary<string, string> values,
        StackPlace place,
        ResourceKinds kinds,
        Func<TemplateResource, JsonObject, bool> isThere)
    {
        var evaluation = new Evaluation(template, values, place, Evaluation.Symbol);
        var wanted = ResourceOrder.Of(template, values, place);
        var changes = new List<StackChange>();
        foreach (var resource in wanted)
        {
            var properties = evaluation.Properties(resource);
            var current = stack.Resources.FirstOrDefault(one => one.Name == resource.Name);
            if (current is null)
            {
                changes.Add(new(isThere(resource, properties) ? "Import" : "Add", resource.Name, resource.Type, null, false, []));
                continue;
            }

            var fields = Differences((JsonObject)JsonNode.Parse(current.Properties)!, properties);
            if (fields.Count > 0 || current.Type != resource.Type)
            {
                var replaced = current.Type != resource.Type || fields.Any(kinds.Of(resource.Type).Unchangeable.Contains);
                changes.Add(new("Modify", resource.Name, resource.Type, current.PhysicalId, replaced, fields));
            }
        }

        changes.AddRange(stack.Resources.Reverse().Where(one => wanted.All(resource => resource.Name != one.Name))
            .Select(one => new StackChange("Remove", one.Name, one.Type, one.PhysicalId, false, [])));
        return changes;
    }

    private static List<string> Differences(JsonObject one, JsonObject other) =>
        [.. one.Select(p => p.Key).Union(other.Select(p => p.Key)).Where(name => !JsonNode.DeepEquals(one[name], other[name])).Order(StringComparer.Ordinal)];
}
