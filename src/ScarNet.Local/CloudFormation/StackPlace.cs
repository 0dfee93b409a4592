namespace ScarNet.Local.CloudFormation;

/// <summary>What the pseudo parameters of a stack say.</summary>
/// <param name="StackName">Its name.</param>
/// <param name="StackId">Its ARN.</param>
/// <param name="Account">Twelve digits.</param>
/// <param name="Region">The engine's.</param>
internal sealed record StackPlace(string StackName, string StackId, string Account, string Region)
{
    /// <summary>Null when there is none of that name.</summary>
    public string? this[string name] => name switch
    {
        "AWS::StackName" => StackName,
        "AWS::StackId" => StackId,
        "AWS::AccountId" => Account,
        "AWS::Region" => Region,
        "AWS::Partition" => "aws",
        "AWS::URLSuffix" => "amazonaws.com",
        _ => null,
    };
}
