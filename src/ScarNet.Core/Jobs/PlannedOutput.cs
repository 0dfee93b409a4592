using ScarNet.Core.Events;
using ScarNet.Core.Functions;

namespace ScarNet.Core.Jobs;

/// <summary>A file and the object it becomes.</summary>
public sealed record PlannedOutput(ProducedFile File, ObjectPath Target, OutputProperties Properties);
