using ScarNet.Core.Events;

namespace ScarNet.Core.Jobs;

/// <summary>A file and the object it becomes.</summary>
public sealed record PlannedOutput(ProducedFile File, ObjectPath Target);
