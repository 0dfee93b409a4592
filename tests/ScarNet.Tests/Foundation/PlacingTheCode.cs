using ScarNet.Aws.CloudFormation.Model;
using ScarNet.Cli.Foundation;

namespace ScarNet.Tests.Foundation;

/// <summary>The job-state function's code goes where the stack reads it.</summary>
public sealed class PlacingTheCode
{
    [Theory]
    [InlineData(null, null, "artifacts")]
    [InlineData("given", null, "given")]
    [InlineData("given", "there", "given")]
    [InlineData(null, "there", "there")]
    [InlineData(null, "", "artifacts")]
    [InlineData("", "there", "artifacts")]
    public void IsInTheBucketThatIsGivenElseInTheStacksElseWithTheArtifacts(string? given, string? there, string expected)
    {
        var parameters = given is null ? new Dictionary<string, string>() : new() { ["CodeBucket"] = given };
        var stack = there is null ? null : new Stack { Parameters = [new() { ParameterKey = "CodeBucket", ParameterValue = there }] };

        Assert.Equal(expected, FoundationParameters.BucketOfCode(parameters, stack, "artifacts"));
    }
}
