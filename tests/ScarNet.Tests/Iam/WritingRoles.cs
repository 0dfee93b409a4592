using System.Text.Json.Nodes;
using ScarNet.Core.Functions;
using ScarNet.Core.Iam;
using ScarNet.Core;
using static ScarNet.Tests.Iam.CountFunction;

namespace ScarNet.Tests.Iam;

/// <summary>The form of a function's roles: names, partitions, lengths.</summary>
public sealed class WritingRoles
{
    [Theory]
    [InlineData("cn-north-1", "aws-cn")]
    [InlineData("us-gov-west-1", "aws-us-gov")]
    [InlineData("eu-west-1", "aws")]
    public void SpeaksOfThePartitionOfTheRegion(string region, string partition)
    {
        var setting = Setting() with { Place = AwsPlace.In(region, "123456789012") };
        var function = Count with { Mode = ExecutionMode.LambdaBatch, SkipIfDone = true, Outputs = [Encrypted("out/", "k")] };

        var resources = FunctionRoles.Execution(function, setting).Policy.Statements
            .Concat(FunctionRoles.Job(function, setting)!.Policy.Statements)
            .SelectMany(statement => statement.Resources).Where(resource => resource != "*");

        Assert.All(resources, resource => Assert.StartsWith($"arn:{partition}:", resource, StringComparison.Ordinal));
    }

    [Fact]
    public void NamesWhateverCanBeNamed()
    {
        var function = Count with { Mode = ExecutionMode.LambdaBatch, SkipIfDone = true, Outputs = [Encrypted("out/", "k")] };

        var all = Execution(function).Statements.Concat(FunctionRoles.Job(function, Setting())!.Policy.Statements).ToList();

        Assert.DoesNotContain(all.SelectMany(statement => statement.Actions), action => action.Contains('*', StringComparison.Ordinal));
        Assert.Equal("FindJobs", Assert.Single(all, statement => statement.Resources.Contains("*")).Sid);
    }

    [Fact]
    public void GivesEveryStatementANameOfItsOwn()
    {
        var function = Count with
        {
            Mode = ExecutionMode.LambdaBatch,
            SkipIfDone = true,
            Outputs = [Encrypted("out/", "k"), Encrypted("out2/", "alias/x")],
            Inputs = [InputRule.Parse("s3://refs/x")],
        };

        var sids = FunctionRoles.Job(function, Setting())!.Policy.Statements.Select(statement => statement.Sid).ToList();

        Assert.Equal(sids.Distinct(), sids);
        Assert.All(sids, sid => Assert.Matches("^[A-Za-z0-9]+$", sid));
    }

    [Fact]
    public void RefusesMoreThanARoleTakes()
    {
        var outputs = Enumerable.Range(0, 300).Select(i => new OutputRule("texts", $"some/rather/long/prefix/{i}/"));

        var error = Assert.Throws<ScarException>(() => Execution(Count with { Outputs = [.. outputs] }));

        Assert.Contains("10240", error.Message, StringComparison.Ordinal);
        Assert.Contains("role", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void FitsTheNameOfARoleByADigest()
    {
        var name = new string('f', 64);

        var role = RoleNames.Execution(name, "ap-southeast-2");

        Assert.Equal(64, role.Length);
        Assert.NotEqual(role, RoleNames.Execution(name[..63] + "g", "ap-southeast-2"));
        Assert.Equal("count.eu-west-1.lambda", RoleNames.Execution("count", "eu-west-1"));
    }

    [Fact]
    public void IsWrittenAsAwsTakesIt()
    {
        var json = JsonNode.Parse(FunctionRoles.Job(Count with { Mode = ExecutionMode.Batch }, Setting())!.Trust.ToJson())!;

        Assert.Equal("2012-10-17", (string?)json["Version"]);
        Assert.Equal("ecs-tasks.amazonaws.com", (string?)json["Statement"]![0]!["Principal"]!["Service"]);
        Assert.Equal("123456789012", (string?)json["Statement"]![0]!["Condition"]!["StringEquals"]!["aws:SourceAccount"]);
    }
}
