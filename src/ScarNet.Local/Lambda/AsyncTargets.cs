using ScarNet.Local.Delivery;
using ScarNet.Local.Events;

namespace ScarNet.Local.Lambda;

/// <summary>What results of asynchronous invocations can be sent to.</summary>
/// <param name="Destinations">Functions, queues and topics.</param>
/// <param name="Bus">The event bus.</param>
/// <param name="WriteObject">The engine's S3.</param>
internal sealed record AsyncTargets(Destinations Destinations, EventBus Bus, ObjectWriter WriteObject);
