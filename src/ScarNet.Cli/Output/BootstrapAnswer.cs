using ScarNet.Aws.CloudFormation.Model;

namespace ScarNet.Cli.Output;

/// <param name="Stack">Name of the stack.</param>
/// <param name="Status">CloudFormation's; null when there is none.</param>
/// <param name="Applied">Whether the changes have been carried out.</param>
/// <param name="Changes">What changes.</param>
/// <param name="Outputs">What the stack says of itself.</param>
internal sealed record BootstrapAnswer(
    string Stack, string? Status, bool Applied, IReadOnlyList<FoundationChange> Changes, IReadOnlyDictionary<string, string> Outputs);

/// <param name="Action">add, modify, remove or import.</param>
/// <param name="Resource">Its name in the template.</param>
/// <param name="Type">Such as AWS::S3::Bucket.</param>
/// <param name="Name">Its name in the account; null while it has none.</param>
/// <param name="Replacement">Of a modify: true, false or conditional.</param>
/// <param name="Fields">Properties that change.</param>
internal sealed record FoundationChange(string Action, string Resource, string Type, string? Name, string? Replacement, IReadOnlyList<string> Fields)
{
    public static FoundationChange Of(ResourceChange change) => new(
        (change.Action ?? "").ToLowerInvariant(),
        change.LogicalResourceId ?? "",
        change.ResourceType ?? "",
        change.PhysicalResourceId,
        change.Replacement?.ToLowerInvariant(),
        change.Fields);
}

internal static class BootstrapText
{
    public static string Of(BootstrapAnswer answer) => (answer.Applied, answer.Changes.Count) switch
    {
        (_, 0) => $"nothing to do: the foundation '{answer.Stack}' is as it should be",
        (false, _) => $"{string.Join('\n', answer.Changes.Select(Line))}\n{Amount.Of(answer.Changes.Count, "change")} to the foundation '{answer.Stack}'",
        _ => $"the foundation '{answer.Stack}' stands: {Amount.Of(answer.Changes.Count, "change")}"
            + string.Concat(answer.Outputs.Select(output => $"\n  {output.Key}: {Printable.Of(output.Value)}")),
    };

    /// <summary>One resource: <c>~ Queue AWS::Batch::JobQueue 'scarnet-machines': Priority</c>.</summary>
    public static string Line(FoundationChange change)
    {
        var sign = change.Action switch
        {
            "add" => '+',
            "remove" => '-',
            "import" => '<',
            _ => '~',
        };
        var name = change.Name is { } there ? $" '{there}'" : "";
        var made = change.Replacement switch
        {
            "true" => " (made anew)",
            "conditional" => " (perhaps made anew)",
            _ => "",
        };
        return Printable.Of($"{sign} {change.Resource} {change.Type}{name}{made}{(change.Fields.Count > 0 ? $": {string.Join(", ", change.Fields)}" : "")}");
    }
}
