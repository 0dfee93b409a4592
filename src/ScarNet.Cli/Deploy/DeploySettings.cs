using ScarNet.Aws;

namespace ScarNet.Cli.Deploy;

/// <summary>Where a pipeline goes to.</summary>
public sealed record DeploySettings
{
    /// <summary>The account and region, or the embedded engine.</summary>
    public required AwsClients Clients { get; init; }

    /// <summary>Path of the supervisor's binary; empty where nothing is made.</summary>
    public required string Supervisor { get; init; }

    /// <summary>The most that the roles of functions may do. Default: what they have stays.</summary>
    public RoleBoundary Boundary { get; init; }

    /// <summary>By which it is seen how old something is. Default: the machine's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Looks at images. Default: those of this machine's Docker.</summary>
    public ImageLookup Images { get; init; } = LocalImages.Find;
}
