namespace ScarNet.Core.Functions;

/// <summary>The network that a Lambda function is connected to. Both lists are empty when it is connected to none.</summary>
/// <param name="Subnets">At most 16, best in several zones. Source: docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html</param>
/// <param name="SecurityGroups">At most 5. Source: the same.</param>
public sealed record VpcSettings(IReadOnlyList<string> Subnets, IReadOnlyList<string> SecurityGroups)
{
    public static VpcSettings None { get; } = new([], []);

    public bool IsNone => Subnets.Count + SecurityGroups.Count == 0;
}
