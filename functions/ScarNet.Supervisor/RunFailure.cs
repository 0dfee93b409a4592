namespace ScarNet.Supervisor;

/// <summary>Why an invocation cannot succeed, for the user to read.</summary>
/// <param name="exitCode">One of <see cref="Core.Jobs.ExitCodes"/>, or the script's own.</param>
/// <param name="message">What went wrong, as one line.</param>
/// <param name="inner">Its cause.</param>
#pragma warning disable CA1032 // it always says what happened to what
internal sealed class RunFailure(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode => exitCode;
}
