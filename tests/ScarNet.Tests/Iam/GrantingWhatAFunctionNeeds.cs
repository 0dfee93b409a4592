using System.Text.Json.Nodes;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Iam;
using ScarNet.Core.Tasks;

namespace ScarNet.Tests.Iam;

public sealed class GrantingWhatAFunctionNeeds
{
    private const string Artifacts = "arn:aws:s3:::artifacts/";

    private static readonly FunctionDefinition count = new()
    {
        Name = "count",
        Triggers = [new("texts", "in/")],
        Outputs = [new("texts", "out/")],
    };

    [Fact]
    public void ReadsUnderItsTriggerOnly()
    {
        var read = Statement(Execution(count), "ReadInput");

        Assert.Equal(["s3:GetObject", "s3:GetObjectVersion"], read.Actions);
        Assert.Equal(["arn:aws:s3:::texts/in/*"], read.Resources);
    }

    [Fact]
    public void ReadsObjectsOfItsSuffixesOnly()
    {
        var policy = Execution(count with { Triggers = [new("texts", "in/", [".txt", ".md"])] });

        Assert.Equal(["arn:aws:s3:::texts/in/*.md", "arn:aws:s3:::texts/in/*.txt"], Statement(policy, "ReadInput").Resources);
    }

    [Fact]
    public void WritesUnderItsOutputAndWhatFailedBesideIt()
    {
        var policy = Execution(count);

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

        var function = count with { Mode = ExecutionMode.Batch, Script = ScriptSource.File("/t.json") with { Task = task! }, Outputs = task!.Outputs };
        var policy = FunctionRoles.Job(function, Setting())!.Policy;

        Assert.Equal(["arn:aws:s3:::genomes/*.idx", "arn:aws:s3:::genomes/hg38/*"], Statement(policy, "ReadFurtherInputs").Resources.Order());
    }

    [Theory]
    [InlineData(FailurePolicy.Upload)]
    [InlineData(FailurePolicy.Discard)]
    public void WritesNothingUnderFailedThatItDoesNotKeep(FailurePolicy onFailure)
    {
        Assert.DoesNotContain(Execution(count with { OnFailure = onFailure }).Statements, statement => statement.Sid == "KeepFailed");
    }

    [Theory]
    [InlineData("out/{request_id}/", "arn:aws:s3:::texts/out/*/*")]
    [InlineData("out/{function}/", "arn:aws:s3:::texts/out/count/*")]
    [InlineData("a*b/", "arn:aws:s3:::texts/a${*}b/*")]
    [InlineData("", "arn:aws:s3:::texts/*")]
    public void TakesPlaceholdersForAnythingAndWildcardsForThemselves(string prefix, string expected)
    {
        var policy = Execution(count with { Outputs = [new("texts", prefix)] });

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
        var policy = Execution(count with { Inputs = [InputRule.Parse(url)] });

        Assert.Equal([expected], Statement(policy, "ReadFurtherInputs").Resources);
    }

    [Fact]
    public void ListsNothingBesides()
    {
        var lists = Execution(count).Statements.Where(statement => statement.Actions.Contains("s3:ListBucket")).ToList();

        Assert.Equal(["arn:aws:s3:::artifacts", "arn:aws:s3:::texts"], lists.SelectMany(list => list.Resources));
        var condition = Assert.Single(lists[1].Conditions);
        Assert.Equal(("StringLikeIfExists", "s3:prefix"), (condition.Operator, condition.Key));
        Assert.Equal(["failed/count/*", "in/*", "out/*"], condition.Values);
    }

    [Fact]
    public void HasItsOwnClaimsRecordsAndLog()
    {
        var policy = Execution(count);

        Assert.Equal([Artifacts + "claims/count/*"], Statement(policy, "KeepClaims").Resources);
        Assert.Equal([Artifacts + "runs/count/*"], Statement(policy, "KeepRecords").Resources);
        Assert.Equal(["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/count:*"], Statement(policy, "WriteLogs").Resources);
        Assert.DoesNotContain(policy.Statements, statement => statement.Sid is "KeepResults" or "ReadDeployed" or "SubmitJobs");
    }

    [Fact]
    public void SubmitsToItsOwnQueueAndDefinition()
    {
        var policy = Execution(count with { Mode = ExecutionMode.Batch });

        Assert.Equal(
            ["arn:aws:batch:eu-west-1:123456789012:job-definition/scarnet-count:*", "arn:aws:batch:eu-west-1:123456789012:job-queue/scarnet"],
            Statement(policy, "SubmitJobs").Resources);
        Assert.DoesNotContain(policy.Statements, statement => statement.Sid == "WriteOutputs");
    }

    [Fact]
    public void LetsItsJobsDoTheWork()
    {
        var role = FunctionRoles.Job(count with { Mode = ExecutionMode.Batch }, Setting())!;

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
        Assert.Null(FunctionRoles.Job(count, Setting()));
    }

    [Theory]
    [InlineData("1234-abcd", "arn:aws:kms:eu-west-1:123456789012:key/1234-abcd")]
    [InlineData("arn:aws:kms:eu-west-1:999999999999:key/1", "arn:aws:kms:eu-west-1:999999999999:key/1")]
    public void UsesTheKeysThatItsOutputsName(string key, string expected)
    {
        var policy = Execution(count with { Outputs = [Encrypted("out/", key)] });

        Assert.Equal([expected], Statement(policy, "EncryptOutputs").Resources);
    }

    [Fact]
    public void KnowsAKeyByItsAlias()
    {
        var statement = Statement(Execution(count with { Outputs = [Encrypted("out/", "alias/texts")] }), "EncryptOutputsByAlias");

        Assert.Equal(["arn:aws:kms:eu-west-1:123456789012:key/*"], statement.Resources);
        Assert.Contains(statement.Conditions, condition => condition is { Key: "kms:ResourceAliases", Values: ["alias/texts"] });
    }

    [Fact]
    public void DecryptsWhatTheFunctionBeforeHasEncrypted()
    {
        var before = count with { Name = "before", Triggers = [], Outputs = [Encrypted("in/", "k1")] };

        var policy = FunctionRoles.Execution(count, Setting(before, count)).Policy;

        Assert.Equal(["arn:aws:kms:eu-west-1:123456789012:key/k1"], Statement(policy, "DecryptInputs").Resources);
    }

    [Fact]
    public void TagsObjectsOnlyWhereOutputsAreTagged()
    {
        var tagged = new OutputRule("texts", "out/") { Properties = new() { Tags = new Dictionary<string, string> { ["a"] = "b" } } };

        Assert.DoesNotContain(Execution(count).Statements, statement => statement.Sid == "TagOutputs");
        Assert.Contains(
            "arn:aws:s3:::texts/out/*", Statement(Execution(count with { Outputs = [tagged] }), "TagOutputs").Resources);
    }

    [Theory]
    [InlineData("cn-north-1", "aws-cn")]
    [InlineData("us-gov-west-1", "aws-us-gov")]
    [InlineData("eu-west-1", "aws")]
    public void SpeaksOfThePartitionOfTheRegion(string region, string partition)
    {
        var setting = Setting() with { Place = AwsPlace.In(region, "123456789012") };
        var function = count with { Mode = ExecutionMode.LambdaBatch, SkipIfDone = true, Outputs = [Encrypted("out/", "k")] };

        var resources = FunctionRoles.Execution(function, setting).Policy.Statements
            .Concat(FunctionRoles.Job(function, setting)!.Policy.Statements)
            .SelectMany(statement => statement.Resources).Where(resource => resource != "*");

        Assert.All(resources, resource => Assert.StartsWith($"arn:{partition}:", resource, StringComparison.Ordinal));
    }

    [Fact]
    public void NamesWhateverCanBeNamed()
    {
        var function = count with { Mode = ExecutionMode.LambdaBatch, SkipIfDone = true, Outputs = [Encrypted("out/", "k")] };

        var all = Execution(function).Statements.Concat(FunctionRoles.Job(function, Setting())!.Policy.Statements).ToList();

        Assert.DoesNotContain(all.SelectMany(statement => statement.Actions), action => action.Contains('*', StringComparison.Ordinal));
        Assert.Equal("FindJobs", Assert.Single(all, statement => statement.Resources.Contains("*")).Sid);
    }

    [Fact]
    public void GivesEveryStatementANameOfItsOwn()
    {
        var function = count with
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

        var error = Assert.Throws<ScarException>(() => Execution(count with { Outputs = [.. outputs] }));

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
        var json = JsonNode.Parse(FunctionRoles.Job(count with { Mode = ExecutionMode.Batch }, Setting())!.Trust.ToJson())!;

        Assert.Equal("2012-10-17", (string?)json["Version"]);
        Assert.Equal("ecs-tasks.amazonaws.com", (string?)json["Statement"]![0]!["Principal"]!["Service"]);
        Assert.Equal("123456789012", (string?)json["Statement"]![0]!["Condition"]!["StringEquals"]!["aws:SourceAccount"]);
    }

    private static OutputRule Encrypted(string prefix, string key) =>
        new("texts", prefix) { Properties = new() { Encryption = "aws:kms", KmsKey = key } };

    [Fact]
    public void CountsTheFailuresOfAnArrayWhereSomeAreTolerated()
    {
        var batch = count with { Mode = ExecutionMode.Batch };

        var tolerant = FunctionRoles.Job(batch with { ErrorTolerance = "1" }, Setting(batch))!.Policy;

        Assert.Equal([Artifacts + "arrays/count/failed/*"], Statement(tolerant, "CountFailures").Resources);
        Assert.DoesNotContain(FunctionRoles.Job(batch, Setting(batch))!.Policy.Statements, statement => statement.Sid == "CountFailures");
    }

    [Fact]
    public void WritesManifestsWhereEventsBecomeArrays()
    {
        var policy = Execution(count with { Mode = ExecutionMode.Batch, Array = true });

        Assert.Contains(Artifacts + "arrays/count/*", Statement(policy, "HandEventsOver").Resources);
    }

    [Fact]
    public void ReadsTheFilesOfWhatItComesAfter()
    {
        var first = count with { Mode = ExecutionMode.Batch };
        var second = first with { Name = "second", Triggers = [], After = ["count"] };

        var policy = FunctionRoles.Job(second, Setting(first, second))!.Policy;

        Assert.Equal(["arn:aws:s3:::texts/in/*"], Statement(policy, "ReadInput").Resources);
    }

    [Fact]
    public void ConnectsToANetworkAndKeepsTheScriptFromDoingSo()
    {
        var policy = Execution(count with { Vpc = new(["subnet-1"], ["sg-1"]) });

        Assert.Equal(["arn:aws:ec2:eu-west-1:123456789012:*/*"], Statement(policy, "ConnectToNetwork").Resources);
        Assert.Equal(["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], Statement(policy, "LookAtNetwork").Actions);
        var denied = Statement(policy, "KeepScriptFromNetwork");
        Assert.True(denied.Denies);
        Assert.Equal(("ArnEquals", "lambda:SourceFunctionArn"), (denied.Conditions[0].Operator, denied.Conditions[0].Key));
        Assert.Equal(
            ["arn:aws:lambda:eu-west-1:123456789012:function:count", "arn:aws:lambda:eu-west-1:123456789012:function:count:*"],
            denied.Conditions[0].Values);
    }

    [Theory]
    [InlineData("ec2:CreateNetworkInterface", "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1", null, true)]
    [InlineData("ec2:CreateNetworkInterface", "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1", "count", false)]
    [InlineData("ec2:CreateNetworkInterface", "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1", "count:live", false)]
    [InlineData("ec2:CreateNetworkInterface", "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1", "counter", true)]
    [InlineData("ec2:DescribeSubnets", "*", null, true)]
    [InlineData("ec2:DescribeSubnets", "*", "count:3", false)]
    [InlineData("ec2:DeleteNetworkInterface", "arn:aws:ec2:us-east-1:123456789012:network-interface/eni-1", null, false)]
    public void LetsLambdaAndNotTheScriptConnect(string action, string resource, string? script, bool allowed)
    {
        var policy = Execution(count with { Vpc = new(["subnet-1"], ["sg-1"]) });
        var context = new Dictionary<string, IReadOnlyList<string>>();
        if (script is not null)
        {
            context["lambda:SourceFunctionArn"] = [$"arn:aws:lambda:eu-west-1:123456789012:function:{script}"];
        }

        var decision = PolicyEvaluation.Decide([policy], new(action, resource) { Context = context });

        Assert.Equal(allowed, decision == AccessDecision.Allowed);
    }

    [Fact]
    public void MountsThroughItsAccessPointOnly()
    {
        const string accessPoint = "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0";

        var mount = Statement(Execution(count with { FileSystem = new(accessPoint, "/mnt/data") }), "MountFiles");

        Assert.Equal(["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], mount.Actions);
        Assert.Equal(["arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/*"], mount.Resources);
        Assert.Equal(("StringEquals", "elasticfilesystem:AccessPointArn", accessPoint), (mount.Conditions[0].Operator, mount.Conditions[0].Key, mount.Conditions[0].Values[0]));
    }

    [Theory]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:dead", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:dead")]
    [InlineData("arn:aws:sns:eu-west-1:123456789012:dead", "sns:Publish", "arn:aws:sns:eu-west-1:123456789012:dead")]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:mend", "lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:123456789012:function:mend")]
    [InlineData("arn:aws:events:eu-west-1:123456789012:event-bus/b", "events:PutEvents", "arn:aws:events:eu-west-1:123456789012:event-bus/b")]
    [InlineData("arn:aws:s3:::failures", "s3:PutObject", "arn:aws:s3:::failures/aws/lambda/async/count/*")]
    public void SendsWhatLambdaGaveUpWhereItIsToldTo(string destination, string action, string resource)
    {
        var sent = Statement(Execution(count with { FailureDestination = destination }), "ReportFailures");

        Assert.Equal((action, resource), (Assert.Single(sent.Actions), Assert.Single(sent.Resources)));
    }

    [Fact]
    public void SendsDeadLettersToTheVeryQueue()
    {
        var sent = Statement(Execution(count with { DeadLetter = "arn:aws:sqs:eu-west-1:123456789012:dead" }), "SendDeadLetters");

        Assert.Equal(("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:dead"), (Assert.Single(sent.Actions), Assert.Single(sent.Resources)));
        Assert.DoesNotContain(Execution(count).Statements, statement => statement.Sid is "SendDeadLetters" or "ReportFailures" or "MountFiles" or "LookAtNetwork");
    }

    private static PolicyDocument Execution(FunctionDefinition function) => FunctionRoles.Execution(function, Setting(function)).Policy;

    private static PolicyStatement Statement(PolicyDocument policy, string sid) => policy.Statements.Single(statement => statement.Sid == sid);

    private static RoleSetting Setting(params FunctionDefinition[] pipeline) => new(AwsPlace.In("eu-west-1", "123456789012"), pipeline)
    {
        ArtifactBucket = "artifacts",
        Queue = "scarnet",
        JobDefinition = "scarnet-count",
        LogGroup = "/aws/lambda/count",
    };
}
