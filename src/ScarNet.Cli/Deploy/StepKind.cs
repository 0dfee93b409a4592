namespace ScarNet.Cli.Deploy;

/// <summary>What a step does to what is there.</summary>
public enum StepKind
{
    /// <summary>Nothing: it is as it should be.</summary>
    Keep,
    Create,
    Update,

    /// <summary>Takes away what is there and makes it anew: it cannot be changed in place.</summary>
    Replace,
    Delete,
}
