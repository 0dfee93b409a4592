using System.Text.Json;
using System.Text.Json.Serialization;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Core;

/// <summary>The domain's own documents as JSON: camelCase, nulls left out, enums by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JobSpec))]
[JsonSerializable(typeof(BatchEvent))]
[JsonSerializable(typeof(ObjectEvent))]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(Claim))]
[JsonSerializable(typeof(KnownResult))]
[JsonSerializable(typeof(IReadOnlyList<InputVersion>))]
[JsonSerializable(typeof(JobData))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
public sealed partial class Json : JsonSerializerContext;
