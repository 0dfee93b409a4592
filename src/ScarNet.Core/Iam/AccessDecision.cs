namespace ScarNet.Core.Iam;

/// <summary>What policies say to a request.</summary>
public enum AccessDecision
{
    /// <summary>No statement allows it.</summary>
    NotAllowed,

    /// <summary>A statement allows it and none denies it.</summary>
    Allowed,

    /// <summary>A statement denies it, whatever others say.</summary>
    Denied,

    /// <summary>A statement allows it, and the principal's boundary does not.</summary>
    BeyondBoundary,
}
