namespace ScarNet.Core.Functions;

/// <summary>Whose words a script finds besides ScarNet's and SCAR's.</summary>
public enum Compatibility
{
    /// <summary>Nobody's. The default.</summary>
    None,

    /// <summary>BayerCLAW's: the variables that begin with <c>BC_</c>.</summary>
    BayerClaw,
}
