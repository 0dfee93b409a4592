namespace ScarNet.Core.Functions;

/// <summary>One thing that is wrong, or worth a warning, in a function file.</summary>
/// <param name="Place">Where; null when it is about no single place.</param>
/// <param name="Message">What is wrong, in lower case, values in single quotes, without the word error.</param>
/// <param name="Hint">What would be right, as one line; null when the message says it.</param>
/// <param name="IsWarning">Whether the file can be used all the same.</param>
public sealed record Problem(Place? Place, string Message, string? Hint = null, bool IsWarning = false);
