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
    /// <exception cref="Http.ApiException">A resource or an output asks for what there will not be.</exception>
    public static IReadOnlyList<StackChange> Of(
        StackRecord stack,
        Template template,
        IReadOnlyDictionary<string, string> values,
        StackPlace place,
        ResourceKinds kinds,
        Func<TemplateResource, JsonObject, bool> isThere)
    {
        var wanted = ResourceOrder.Of(template, values, place);
        var types = wanted.ToDictionary(resource => resource.Name, resource => resource.Type, StringComparer.Ordinal);
        var evaluation = new Evaluation(template, values, place, Known) { IsSymbolic = true };
        evaluation.Outputs();
        var changes = new List<StackChange>();
        foreach (var resource in wanted)
        {
            var properties = evaluation.Properties(resource);
            var current = stack.Resources.FirstOrDefault(one => one.Name == resource.Name);
            if (current is null or { PhysicalId: "", IsMade: false })
            {
                changes.Add(new(isThere(resource, properties) ? "Import" : "Add", resource.Name, resource.Type, null, false, []));
                continue;
            }

            var fields = Differences((JsonObject)JsonNode.Parse(current.Properties)!, properties);
            if (fields.Count > 0 || current.Type != resource.Type || !current.IsMade)
            {
                var replaced = current.Type != resource.Type || !current.IsMade || fields.Any(kinds.Of(resource.Type).Unchangeable.Contains);
                changes.Add(new("Modify", resource.Name, resource.Type, current.PhysicalId, replaced, fields));
            }
        }

        changes.AddRange(stack.Resources.Reverse().Where(one => wanted.All(resource => resource.Name != one.Name))
            .Select(one => new StackChange("Remove", one.Name, one.Type, one.PhysicalId, false, [])));
        return changes;

        JsonNode Known(string resource, string? attribute) =>
            !types.TryGetValue(resource, out var type) ? throw StackFault.Format($"Unresolved resource dependencies [{resource}] in the Resources block of the template")
            : attribute is null || kinds.Of(type).Attributes.Contains(attribute) ? Evaluation.Symbol(resource, attribute)
            : throw StackFault.Invalid($"Template error: resource {resource} does not support attribute type {attribute} in Fn::GetAtt");
    }

    private static List<string> Differences(JsonObject one, JsonObject other) =>
        [.. one.Select(p => p.Key).Union(other.Select(p => p.Key)).Where(name => !JsonNode.DeepEquals(one[name], other[name])).Order(StringComparer.Ordinal)];
}
