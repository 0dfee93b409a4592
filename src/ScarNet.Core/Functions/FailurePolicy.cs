namespace ScarNet.Core.Functions;

/// <summary>What becomes of the files a failed script left in its output directory.</summary>
public enum FailurePolicy
{
    /// <summary>They go to <c>failed/&lt;function&gt;/&lt;invocation&gt;/</c> of the output bucket. The default.</summary>
    Keep,

    /// <summary>They go where a success would have put them.</summary>
    Upload,

    /// <summary>They go nowhere.</summary>
    Discard,
}
