namespace ScarNet.Cli.Health;

/// <summary>Who gives what runs in a subnet a public address, without which an internet gateway is no way out.</summary>
internal enum PublicAddress
{
    /// <summary>Nobody: Lambda functions.</summary>
    None,

    /// <summary>The subnet, if it does: machines.</summary>
    OfSubnet,

    /// <summary>Its job definition, whatever the subnet says: Fargate tasks.</summary>
    OfTask,
}
