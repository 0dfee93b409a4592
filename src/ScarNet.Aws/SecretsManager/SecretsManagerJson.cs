using System.Text.Json.Serialization;
using ScarNet.Aws.SecretsManager.Model;

namespace ScarNet.Aws.SecretsManager;

/// <summary>The wire form of Secrets Manager: names as they are, nulls left out.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GetSecretValueRequest))]
[JsonSerializable(typeof(GetSecretValueResponse))]
internal sealed partial class SecretsManagerJson : JsonSerializerContext;
