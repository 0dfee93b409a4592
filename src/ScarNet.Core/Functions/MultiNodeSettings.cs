namespace ScarNet.Core.Functions;

/// <summary>A multi-node parallel job.</summary>
/// <param name="Nodes">How many nodes. Default 10.</param>
/// <param name="MainNode">Index of the main node, from 0.</param>
public sealed record MultiNodeSettings(int Nodes = 10, int MainNode = 0);
