using ScarNet.Core.Functions;
using ScarNet.Core.Iam;
using ScarNet.Core.Tasks;
using static ScarNet.Tests.Iam.CountFunction;

namespace ScarNet.Tests.Iam;

/// <summary>What a function reads and writes, and what it keeps of its own.</summary>
public sealed class GrantingWhatAFunctionNeeds
{
    private const string Artifacts = "arn:aws:s3:::artifacts/";

    [Fact]
    public void ReadsUnderItsTriggerOnly()
    {
        var read = Statement(Execution(Count), "ReadInput");

        Assert.Equal(["s3:GetObject", "s3:GetObjectVersion"], read.Actions);
        Assert.Equal(["arn:aws:s3:::texts/in/*"], read.Resources);
    }

    [Fact]
    public void ReadsObjectsOfItsSuffixesOnly()
    {
        var policy = Execution(Count with { Triggers = [new("texts", "in/", [".txt", ".md"])] });

        Assert.Equal(["arn:aws:s3:::texts/in/*.md", "arn:aws:s3:::texts/in/*.txt"], Statement(policy, "ReadInput").Resources);
    }

    [Fact]
    public void WritesUnderItsOutputAndWhatFailedBesideIt()
    {
        var policy = Execution(Count);

        Assert.Equal(["arn:aws:s3:::texts/out/*"], Statement(policy, "WriteOutputs").Resources);
        Assert.Equal(["arn:aws:s3:::texts/failed/count/*"], Statement(policy, "KeepFailed").Resources);
    }

    [Fact]
    public void ReadsWhatItsTaskReads()
    {
        var (task, _) = TaskFile.Read("""
            {"inputs": [{"path": "/in/a"}, {"path": "/ref", "type": "DIRECTORY", "url": "s3://genomes/hg38"}, {"path": "/idx", "url": "s3://genomes/{key_stem}.idx"},
                        {"path": "/web", "url": "https://example.org/x"}],
             "outputs": [{"path": "/out/o", "url": "s3://texts/out/{key_stem}"}], "executors": [{"image": "alpine", "command": ["true"]}]}
            """);

        var function = Count with { Mode = ExecutionMode.Batch, Script = ScriptSource.File("/t.json") with { Task = task! }, Outputs = task!.Outputs };
        var policy = FunctionRoles.Job(function, Setting())!.Policy;

        Assert.Equal(["arn:aws:s3:::genomes/*.idx", "arn:aws:s3:::genomes/hg38/*"], Statement(policy, "ReadFurtherInputs").Resources.Order());
    }

    [Theory]
    [InlineData(FailurePolicy.Upload)]
    [InlineData(FailurePolicy.Discard)]
    public void WritesNothingUnderFailedThatItDoesNotKeep(FailurePolicy onFailure)
    {
        Assert.DoesNotContain(Execution(Count with { OnFailure = onFailure }).Statements, statement => statement.Sid == "KeepFailed");
    }

    [Theory]
    [InlineData("out/{request_id}/", "arn:aws:s3:::texts/out/*/*")]
    [InlineData("out/{function}/", "arn:aws:s3:::texts/out/count/*")]
    [InlineData("a*b/", "arn:aws:s3:::texts/a${*}b/*")]
    [InlineData("", "arn:aws:s3:::texts/*")]
    public void TakesPlaceholdersForAnythingAndWildcardsForThemselves(string prefix, string expected)
    {
        var policy = Execution(Count with { Outputs = [new("texts", prefix)] });

        Assert.Equal([expected], Statement(policy, "WriteOutputs").Resources);
    }

    [Theory]
    [InlineData("s3://refs/genome.fa", "arn:aws:s3:::refs/genome.fa")]
    [InlineData("s3://refs/genomes/", "arn:aws:s3:::refs/genomes/*")]
    [InlineData("s3://refs/hg38/*.bed", "arn:aws:s3:::refs/hg38/*")]
    [InlineData("s3://refs/{key_stem}.bai", "arn:aws:s3:::refs/*.bai")]
    [InlineData("s3://refs/{key_stem}/*.bai", "arn:aws:s3:::refs/*")]
    [InlineData("s3://refs/", "arn:aws:s3:::refs/*")]
    [InlineData("s3://{bucket}/side/{key_name}", "arn:aws:s3:::texts/side/*")]
    [InlineData("s3://refs/{function}/x", "arn:aws:s3:::refs/count/x")]
    public void ReadsWhatItsInputsName(string url, string expected)
    {
        var policy = Execution(Count with { Inputs = [InputRule.Parse(url)] });

        Assert.Equal([expected], Statement(policy, "ReadFurtherInputs").Resources);
    }

    [Fact]
    public void ListsNothingBesides()
    {
        var lists = Execution(Count).Statements.Where(statement => statement.Actions.Contains("s3:ListBucket")).ToList();

        Assert.Equal(["arn:aws:s3:::artifacts", "arn:aws:s3:::texts"], lists.SelectMany(list => list.Resources));
        var condition = Assert.Single(lists[1].Conditions);
        Assert.Equal(("StringLikeIfExists", "s3:prefix"), (condition.Operator, condition.Key));
        Assert.Equal(["failed/count/*", "in/*", "out/*"], condition.Values);
    }

    [Fact]
    public void HasItsOwnClaimsRecordsAndLog()
    {
        var policy = Execution(Count);

        Assert.Equal([Artifacts + "claims/count/*"], Statement(policy, "KeepClaims").Resources);
        Assert.Equal([Artifacts + "runs/count/*"], Statement(policy, "KeepRecords").Resources);
        Assert.Equal(["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/count:*"], Statement(policy, "WriteLogs").Resources);
        Assert.DoesNotContain(policy.Statements, statement => statement.Sid is "KeepResults" or "ReadDeployed" or "SubmitJobs");
    }

    [Fact]
    public void SubmitsToItsOwnQueueAndDefinition()
    {
        var policy = Execution(Count with { Mode = ExecutionMode.Batch });

        Assert.Equal(
            ["arn:aws:batch:eu-west-1:123456789012:job-definition/scarnet-count:*", "arn:aws:batch:eu-west-1:123456789012:job-queue/scarnet"],
            Statement(policy, "SubmitJobs").Resources);
        Assert.DoesNotContain(policy.Statements, statement => statement.Sid == "WriteOutputs");
    }

    [Fact]
    public void LetsItsJobsDoTheWork()
    {
        var role = FunctionRoles.Job(Count with { Mode = ExecutionMode.Batch }, Setting())!;

        Assert.Equal([Artifacts + "arrays/count/*", Artifacts + "events/count/*"], Statement(role.Policy, "TakeEvents").Resources);
        Assert.Equal([Artifacts + "scripts/*", Artifacts + "specs/*"], Statement(role.Policy, "ReadDeployed").Resources);
        Assert.NotNull(Statement(role.Policy, "WriteOutputs"));
        var trust = Assert.Single(role.Trust.Statements);
        Assert.Equal(["ecs-tasks.amazonaws.com"], trust.Services);
        Assert.Contains(trust.Conditions, condition => condition is { Key: "aws:SourceAccount", Values: ["123456789012"] });
    }

    [Fact]
    public void GivesNoJobsToAFunctionWithoutBatch()
    {
        Assert.Null(FunctionRoles.Job(Count, Setting()));
    }

    [Fact]
    public void TagsObjectsOnlyWhereOutputsAreTagged()
    {
        var tagged = new OutputRule("texts", "out/") { Properties = new() { Tags = new Dictionary<string, string> { ["a"] = "b" } } };

        Assert.DoesNotContain(Execution(Count).Statements, statement => statement.Sid == "TagOutputs");
        Assert.Contains(
            "arn:aws:s3:::texts/out/*", Statement(Execution(Count with { Outputs = [tagged] }), "TagOutputs").Resources);
    }

    [Fact]
    public void CountsTheFailuresOfAnArrayWhereSomeAreTolerated()
    {
        var batch = Count with { Mode = ExecutionMode.Batch };

        var tolerant = FunctionRoles.Job(batch with { ErrorTolerance = "1" }, Setting(batch))!.Policy;

        Assert.Equal([Artifacts + "arrays/count/failed/*"], Statement(tolerant, "CountFailures").Resources);
        Assert.DoesNotContain(FunctionRoles.Job(batch, Setting(batch))!.Policy.Statements, statement => statement.Sid == "CountFailures");
    }

    [Fact]
    public void WritesManifestsWhereEventsBecomeArrays()
    {
        var policy = Execution(Count with { Mode = ExecutionMode.Batch, Array = true });

        Assert.Contains(Artifacts + "arrays/count/*", Statement(policy, "HandEventsOver").Resources);
    }

    [Fact]
    public void ReadsTheFilesOfWhatItComesAfter()
    {
        var first = Count with { Mode = ExecutionMode.Batch };
        var second = first with { Name = "second", Triggers = [], After = ["count"] };

        var policy = FunctionRoles.Job(second, Setting(first, second))!.Policy;

        Assert.Equal(["arn:aws:s3:::texts/in/*"], Statement(policy, "ReadInput").Resources);
    }
}
