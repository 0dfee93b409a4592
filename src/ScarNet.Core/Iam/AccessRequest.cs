namespace ScarNet.Core.Iam;

/// <summary>What somebody wants to do.</summary>
/// <param name="Action">Such as <c>s3:GetObject</c>.</param>
/// <param name="Resource">ARN of one resource; <c>*</c> for actions that know none.</param>
public sealed record AccessRequest(string Action, string Resource)
{
    /// <summary>Condition keys that the request carries, each with its values. Names differ by more than case.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Context { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
