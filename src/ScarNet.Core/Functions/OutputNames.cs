namespace ScarNet.Core.Functions;

/// <summary>What one run fills into the placeholders of an output prefix.</summary>
/// <param name="Function">The function's name, for <c>{function}</c>.</param>
/// <param name="RequestId">The request that started the run, for <c>{request_id}</c>.</param>
/// <param name="KeyStem">The input object's file name without its last extension, for <c>{key_stem}</c>.</param>
public sealed record OutputNames(string Function, string RequestId, string KeyStem)
{
    /// <summary>Every placeholder an output prefix may hold, without its braces.</summary>
    public static IReadOnlyList<string> Placeholders { get; } = ["function", "request_id", "key_stem"];

    public string Fill(string prefix) => prefix
        .Replace("{function}", Function, StringComparison.Ordinal)
        .Replace("{request_id}", RequestId, StringComparison.Ordinal)
        .Replace("{key_stem}", KeyStem, StringComparison.Ordinal);
}
