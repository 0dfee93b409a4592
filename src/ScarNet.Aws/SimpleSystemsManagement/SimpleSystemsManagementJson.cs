using System.Text.Json.Serialization;
using ScarNet.Aws.SimpleSystemsManagement.Model;

namespace ScarNet.Aws.SimpleSystemsManagement;

/// <summary>The wire form of Systems Manager: names as they are, nulls left out.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GetParametersRequest))]
[JsonSerializable(typeof(GetParametersResponse))]
internal sealed partial class SimpleSystemsManagementJson : JsonSerializerContext;
