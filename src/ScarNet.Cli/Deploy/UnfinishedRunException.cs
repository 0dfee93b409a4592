namespace ScarNet.Cli.Deploy;

/// <summary>A run that failed and has left something: what failed, in words, what is left, and as the inner exception the failure itself.</summary>
public sealed class UnfinishedRunException : Exception
{
    public UnfinishedRunException()
    {
    }

    public UnfinishedRunException(string message)
        : base(message)
    {
    }

    public UnfinishedRunException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What to do, as one line.</summary>
    public string? Hint { get; init; }
}
