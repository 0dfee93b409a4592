using System.Text.Json.Serialization;
using ScarNet.Aws.Batch.Model;
using ScarNet.Supervisor.InPhases;
using ScarNet.Supervisor.JobState;
using ScarNet.Supervisor.Lambda;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor;

/// <summary>What the supervisor itself says as JSON: camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(OperationAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(JobStateAnswer))]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(ReferenceStamp))]
[JsonSerializable(typeof(Handed))]
[JsonSerializable(typeof(HandedCall))]
[JsonSerializable(typeof(HandedEnd))]
internal sealed partial class SupervisorJson : JsonSerializerContext;
