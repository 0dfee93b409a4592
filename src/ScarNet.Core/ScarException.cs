namespace ScarNet.Core;

/// <summary>Something the user can mend: what is wrong, where, and what would be right. Anything else that is thrown is a bug.</summary>
public sealed class ScarException : Exception
{
    public ScarException()
    {
    }

    public ScarException(string message)
        : base(message)
    {
    }

    public ScarException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ScarException(string message, string? hint)
        : base(message) => Hint = hint;

    /// <summary>What would be right, as one line; null when the message says it all.</summary>
    public string? Hint { get; }
}
