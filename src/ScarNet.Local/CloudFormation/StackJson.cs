using System.Text.Json.Serialization;

namespace ScarNet.Local.CloudFormation;

/// <summary>Stacks as the database holds them.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StackRecord))]
[JsonSerializable(typeof(ChangeSetRecord))]
[JsonSerializable(typeof(StackEvent))]
internal sealed partial class StackJson : JsonSerializerContext;
