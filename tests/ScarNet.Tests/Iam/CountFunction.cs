using ScarNet.Core.Functions;
using ScarNet.Core.Iam;

namespace ScarNet.Tests.Iam;

/// <summary>A function from <c>texts/in/</c> to <c>texts/out/</c> in eu-west-1, its policies, and how to look at them.</summary>
internal static class CountFunction
{
    public static FunctionDefinition Count { get; } = new()
    {
        Name = "count",
        Triggers = [new("texts", "in/")],
        Outputs = [new("texts", "out/")],
    };

    public static PolicyDocument Execution(FunctionDefinition function) => FunctionRoles.Execution(function, Setting(function)).Policy;

    public static PolicyStatement Statement(PolicyDocument policy, string sid) => policy.Statements.Single(statement => statement.Sid == sid);

    public static RoleSetting Setting(params FunctionDefinition[] pipeline) => new(AwsPlace.In("eu-west-1", "123456789012"), pipeline)
    {
        ArtifactBucket = "artifacts",
        Queue = "scarnet",
        JobDefinition = "scarnet-count",
        LogGroup = "/aws/lambda/count",
    };

    public static OutputRule Encrypted(string prefix, string key) =>
        new("texts", prefix) { Properties = new() { Encryption = "aws:kms", KmsKey = key } };
}
