namespace ScarNet.Core.Functions;

/// <summary>How a function hears of the objects that are created in its inputs.</summary>
public enum EventRoute
{
    /// <summary>S3 calls it: of one object only one function of all.</summary>
    S3,

    /// <summary>A rule of EventBridge calls it: of one object as many functions as want to.</summary>
    EventBridge,
}
