using System.Text.Json.Serialization;

namespace ScarNet.Aws.Ecr.Model;

/// <summary>The one shape of ECR that begins its members with capitals.</summary>
public sealed class Tag
{
    [JsonPropertyName("Key")]
    public string? Key { get; set; }

    [JsonPropertyName("Value")]
    public string? Value { get; set; }
}
