namespace ScarNet.Core.Jobs;

/// <summary>Which content an input has.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Version">Its ETag, version or digest; null when there is nothing, which an optional input may say.</param>
public sealed record InputVersion(string Address, string? Version);
