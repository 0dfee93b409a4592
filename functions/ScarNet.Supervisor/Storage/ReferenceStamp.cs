using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>What a cached reference is.</summary>
/// <param name="Input">What was fetched.</param>
/// <param name="Changed">Its size, inode and time of change when it was; see <see cref="Posix.FileKinds.Changed"/>.</param>
internal sealed record ReferenceStamp(RunInput Input, string Changed);
