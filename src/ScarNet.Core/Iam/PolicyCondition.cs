namespace ScarNet.Core.Iam;

/// <summary>One condition: it holds when one of the values does.</summary>
/// <param name="Operator">Such as <c>StringEquals</c>, <c>StringLikeIfExists</c>, <c>ForAnyValue:StringEquals</c>.</param>
/// <param name="Key">Such as <c>s3:prefix</c>.</param>
/// <param name="Values">At least one.</param>
public sealed record PolicyCondition(string Operator, string Key, IReadOnlyList<string> Values);
