namespace ScarNet.Local.CloudFormation;

/// <summary>Which resource has to be there before which.</summary>
internal static class ResourceOrder
{
    /// <summary>Every resource that is to be made, those first that others need; else in the template's order.</summary>
    /// <exception cref="Http.ApiException">Some need each other, or one that is not made.</exception>
    public static IReadOnlyList<TemplateResource> Of(Template template, IReadOnlyDictionary<string, string> values, StackPlace place)
    {
        var needs = new HashSet<string>(StringComparer.Ordinal);
        var evaluation = new Evaluation(template, values, place, (resource, attribute) =>
        {
            needs.Add(resource);
            return Evaluation.Symbol(resource, attribute);
        })
        {
            IsSymbolic = true,
        };
        var made = evaluation.Resources.ToList();
        var needed = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var resource in made)
        {
            needs = [.. resource.DependsOn];
            evaluation.Properties(resource);
            needs.Remove(resource.Name);
            needed[resource.Name] = needs;
        }

        foreach (var (name, missing) in needed.Select(entry => (entry.Key, entry.Value.FirstOrDefault(other => !template.Resources.ContainsKey(other)))))
        {
            _ = missing is null ? true : throw StackFault.Format($"Unresolved resource dependencies [{missing}] in the Resources block of the template ({name})");
        }

        var ordered = new List<TemplateResource>();
        while (made.Count > 0)
        {
            var ready = made.Find(resource => !made.Exists(other => needed[resource.Name].Contains(other.Name)))
                ?? throw StackFault.Invalid($"Circular dependency between resources: [{string.Join(", ", made.Select(resource => resource.Name))}]");
            ordered.Add(ready);
            made.Remove(ready);
        }

        return ordered;
    }
}
