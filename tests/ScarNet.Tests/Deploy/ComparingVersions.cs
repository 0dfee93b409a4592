using ScarNet.Aws.Lambda.Model;
using ScarNet.Cli.Deploy;

namespace ScarNet.Tests.Deploy;

/// <summary>What <c>rollback</c> shows of two versions.</summary>
public sealed class ComparingVersions
{
    [Fact]
    public void ShowsWhatDiffersAndNothingElse() => Assert.Equal(
        [new("CodeSha256", "one", "two"), new("spec", "aa", "bb"), new("MemorySize", "128", "256"), new("SubnetIds", null, "subnet-1, subnet-2")],
        VersionDifferences.Between(
            new() { CodeSha256 = "one", Description = "scarnet:spec=aa", MemorySize = 128, Timeout = 3, VpcConfig = new() { SubnetIds = [] } },
            new() { CodeSha256 = "two", Description = "scarnet:spec=bb", MemorySize = 256, Timeout = 3, VpcConfig = new() { SubnetIds = ["subnet-2", "subnet-1"] } }));

    /// <summary>They may be secrets.</summary>
    [Fact]
    public void ShowsNoValueOfTheFilesOwnVariables() => Assert.Equal(
        [
            new("environment TOKEN", "(a value)", "(a value)"),
            new("environment GONE", "(a value)", null),
            new("environment SCARNET_JOB_DEFINITION", "scarnet-f:1", "scarnet-f:2"),
        ],
        VersionDifferences.Between(
            Version(new() { ["TOKEN"] = "hidden", ["SAME"] = "x", ["GONE"] = "hidden", ["SCARNET_JOB_DEFINITION"] = "scarnet-f:1" }),
            Version(new() { ["TOKEN"] = "other", ["SAME"] = "x", ["SCARNET_JOB_DEFINITION"] = "scarnet-f:2" })));

    private static FunctionConfiguration Version(Dictionary<string, string> variables) => new() { Environment = new() { Variables = variables } };
}
