using ScarNet.Core.Iam;
using static ScarNet.Tests.Iam.CountFunction;

namespace ScarNet.Tests.Iam;

/// <summary>Keys of KMS: those that outputs name, and those by which the functions before have encrypted.</summary>
public sealed class GrantingKeys
{
    [Theory]
    [InlineData("1234-abcd", "arn:aws:kms:eu-west-1:123456789012:key/1234-abcd")]
    [InlineData("arn:aws:kms:eu-west-1:999999999999:key/1", "arn:aws:kms:eu-west-1:999999999999:key/1")]
    public void UsesTheKeysThatItsOutputsName(string key, string expected)
    {
        var policy = Execution(Count with { Outputs = [Encrypted("out/", key)] });

        Assert.Equal([expected], Statement(policy, "EncryptOutputs").Resources);
    }

    [Fact]
    public void KnowsAKeyByItsAlias()
    {
        var statement = Statement(Execution(Count with { Outputs = [Encrypted("out/", "alias/texts")] }), "EncryptOutputsByAlias");

        Assert.Equal(["arn:aws:kms:eu-west-1:123456789012:key/*"], statement.Resources);
        Assert.Contains(statement.Conditions, condition => condition is { Key: "kms:ResourceAliases", Values: ["alias/texts"] });
    }

    [Fact]
    public void DecryptsWhatTheFunctionBeforeHasEncrypted()
    {
        var before = Count with { Name = "before", Triggers = [], Outputs = [Encrypted("in/", "k1")] };

        var policy = FunctionRoles.Execution(Count, Setting(before, Count)).Policy;

        Assert.Equal(["arn:aws:kms:eu-west-1:123456789012:key/k1"], Statement(policy, "DecryptInputs").Resources);
    }
}
