using System.Text.Json.Serialization;

namespace ScarNet.Aws.Status;

/// <summary>The wire form of the engine's own API: camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EngineStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
