namespace ScarNet.Local.Logs;

/// <summary>A log stream by its names. Writing to it makes group and stream when they are missing.</summary>
public sealed record LogTarget(string Group, string Stream);
