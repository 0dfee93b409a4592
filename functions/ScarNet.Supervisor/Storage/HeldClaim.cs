using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>A claim that this process wrote.</summary>
/// <param name="Claim">As it was written.</param>
/// <param name="ETag">Of that.</param>
/// <param name="Previous">The claim that was taken over; null when there was none.</param>
internal sealed record HeldClaim(Claim Claim, string ETag, Claim? Previous);
