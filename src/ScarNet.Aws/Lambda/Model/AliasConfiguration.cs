using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

/// <summary>An alias as Lambda describes it; several calls answer with nothing else.</summary>
public class AliasConfiguration : AmazonWebServiceResponse
{
    public string? AliasArn { get; set; }

    public string? Name { get; set; }

    public string? FunctionVersion { get; set; }

    public string? Description { get; set; }

    public AliasRoutingConfiguration? RoutingConfig { get; set; }

    public string? RevisionId { get; set; }
}

/// <summary>A second version that takes part of the calls.</summary>
public sealed class AliasRoutingConfiguration
{
    /// <summary>Its part, 0–1, by its number; empty for none.</summary>
    public Dictionary<string, double>? AdditionalVersionWeights { get; set; }
}
