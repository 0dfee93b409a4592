using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation;

/// <summary>A resource as a template declares it.</summary>
/// <param name="Name">Its logical id.</param>
/// <param name="Type">Such as AWS::S3::Bucket.</param>
/// <param name="Properties">Unresolved.</param>
internal sealed record TemplateResource(string Name, string Type, JsonObject Properties)
{
    /// <summary>It is made only when this one holds; null is always.</summary>
    public string? Condition { get; init; }

    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Whether it stays when the stack goes.</summary>
    public bool IsRetained { get; init; }
}
