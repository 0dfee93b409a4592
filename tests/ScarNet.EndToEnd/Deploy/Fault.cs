namespace ScarNet.EndToEnd.Deploy;

/// <summary>How a call fails.</summary>
public enum Fault
{
    /// <summary>Throttled, once.</summary>
    Throttled,

    /// <summary>An error of the service's own, once.</summary>
    ServerError,

    /// <summary>Refused, as often as it is tried.</summary>
    Denied,

    /// <summary>Carried out, but the answer is lost, once.</summary>
    AnswerLost,

    /// <summary>Carried out, and no answer ever comes.</summary>
    NeverAnswered,

    /// <summary>Carried out, and then the process is gone.</summary>
    Killed,
}
