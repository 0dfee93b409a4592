using ScarNet.Core.Functions;
using ScarNet.Core.Iam;

namespace ScarNet.Tests.Iam;

/// <summary>The calls that a supervisor makes for a function that uses everything, against what its roles allow.</summary>
public sealed class CoveringTheSupervisorsCalls
{
    private const string Artifacts = "arn:aws:s3:::artifacts/";
    private const string Texts = "arn:aws:s3:::texts/";

    private static readonly AwsPlace place = AwsPlace.In("eu-west-1", "123456789012");

    private static readonly FunctionDefinition function = new()
    {
        Name = "count",
        Image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/count:1",
        Mode = ExecutionMode.LambdaBatch,
        Triggers = [new("texts", "in/", [".txt"])],
        Inputs = [InputRule.Parse("s3://refs/genomes/"), InputRule.Parse("s3://texts/{key_stem}.idx?")],
        Outputs =
        [
            new("texts", "out/{request_id}/")
            {
                Properties = new() { Tags = new Dictionary<string, string> { ["a"] = "b" }, Encryption = "aws:kms", KmsKey = "key-1" },
            },
            new("texts", "more/") { Properties = new() { Encryption = "aws:kms", KmsKey = "alias/texts" } },
        ],
        Files = [new("model.bin", "/files/model.bin")],
        Package = "/package.zip",
        SkipIfDone = true,
        Batch = new() { Compute = new() { Type = "FARGATE" } },
    };

    private static readonly FunctionDefinition before = new()
    {
        Name = "before",
        Outputs = [new("texts", "in/") { Properties = new() { Encryption = "aws:kms", KmsKey = "key-0" } }],
    };

    private static readonly RoleSetting setting = new(place, [before, function])
    {
        ArtifactBucket = "artifacts",
        Queue = "scarnet-count",
        JobDefinition = "scarnet-count",
        LogGroup = "/aws/lambda/count",
    };

    private static readonly AccessRequest[] whereTheScriptRuns =
    [
        new("s3:GetObject", Texts + "in/a.txt"),
        new("s3:GetObjectVersion", Texts + "in/a.txt"),
        new("kms:Decrypt", place.Kms("key/key-0")),
        new("s3:GetObject", "arn:aws:s3:::refs/genomes/hg38.fa"),
        new("s3:GetObject", Texts + "a.idx"),
        Listed("refs", "genomes/"),
        Listed("texts", null),
        Listed("artifacts", null),
        new("s3:PutObject", Texts + "out/request-1/a.count"),
        new("s3:GetObject", Texts + "out/request-1/a.count"),
        new("s3:AbortMultipartUpload", Texts + "out/request-1/a.count"),
        new("s3:PutObjectTagging", Texts + "out/request-1/a.count"),
        new("kms:GenerateDataKey", place.Kms("key/key-1")),
        new AccessRequest("kms:GenerateDataKey", place.Kms("key/1234")) { Context = Of("kms:ResourceAliases", "alias/other", "alias/texts") },
        new("s3:PutObject", Texts + "failed/count/invocation/a.count"),
        new("s3:GetObject", Artifacts + "claims/count/1"),
        new("s3:PutObject", Artifacts + "claims/count/1"),
        new("s3:PutObject", Artifacts + "runs/count/2026-01-01/1.json"),
        new("s3:GetObject", Artifacts + "results/count/1.json"),
        new("s3:PutObject", Artifacts + "results/count/1.json"),
        new("s3:GetObject", Artifacts + "specs/0"),
        new("s3:GetObject", Artifacts + "files/0"),
        new("s3:GetObject", Artifacts + "packages/0.zip"),
    ];

    private static readonly AccessRequest[] inLambda =
    [
        .. whereTheScriptRuns,
        new("s3:PutObject", Artifacts + "events/count/0"),
        new("batch:SubmitJob", "arn:aws:batch:eu-west-1:123456789012:job-queue/scarnet-count"),
        new("batch:SubmitJob", "arn:aws:batch:eu-west-1:123456789012:job-definition/scarnet-count:7"),
        new("batch:DescribeJobs", "*"),
        new("batch:ListJobs", "*"),
        new("logs:CreateLogStream", "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/count:log-stream:1"),
    ];

    private static readonly AccessRequest[] inJobs =
    [
        .. whereTheScriptRuns,
        new("s3:GetObject", Artifacts + "events/count/0"),
        new("s3:GetObject", Artifacts + "arrays/count/0"),
        new("s3:GetObject", Artifacts + "scripts/0"),
        new("logs:PutLogEvents", "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/batch/job:log-stream:1"),
        new("ecr:BatchGetImage", "arn:aws:ecr:eu-west-1:123456789012:repository/count"),
        new("ecr:GetAuthorizationToken", "*"),
    ];

    /// <summary>In batch mode Lambda carries nothing itself.</summary>
    private static readonly AccessRequest[] inSubmitter =
    [
        new("s3:GetObject", Texts + "in/a.txt"),
        Listed("texts", null),
        Listed("refs", "genomes/"),
        Listed("artifacts", null),
        new("s3:GetObject", Texts + "more/a.count"),
        .. inLambda.Where(call => call.Resource.StartsWith(Artifacts, StringComparison.Ordinal)
            && !call.Resource.Contains("/specs/", StringComparison.Ordinal)
            && !call.Resource.Contains("/files/", StringComparison.Ordinal)
            && !call.Resource.Contains("/packages/", StringComparison.Ordinal)),
        .. inLambda.Where(call => call.Action.StartsWith("batch:", StringComparison.Ordinal) || call.Action.StartsWith("logs:", StringComparison.Ordinal)),
    ];

    private static readonly AccessRequest[] ofOthers =
    [
        new("s3:GetObject", Texts + "in/a.jpg"),
        new("s3:PutObject", Texts + "in/a.txt"),
        new("s3:DeleteObject", Texts + "out/request-1/a.count"),
        new("s3:PutObject", Texts + "failed/other/invocation/a"),
        new("s3:GetObject", Artifacts + "claims/other/1"),
        new("s3:PutObject", Artifacts + "claims/counter/1"),
        new("s3:PutObject", Artifacts + "specs/0"),
        new("s3:PutObject", Artifacts + "scripts/0"),
        new("batch:SubmitJob", "arn:aws:batch:eu-west-1:123456789012:job-queue/scarnet"),
        new("batch:RegisterJobDefinition", "*"),
        new("iam:PassRole", "arn:aws:iam::123456789012:role/scarnet/count.eu-west-1.job"),
        new("kms:Decrypt", place.Kms("key/key-2")),
        new AccessRequest("kms:Decrypt", place.Kms("key/1234")) { Context = Of("kms:ResourceAliases", "alias/other") },
        Listed("refs", "other/"),
        Listed("artifacts", "claims/other/"),
        Listed("artifacts", ""),
    ];

    private static readonly PolicyDocument execution = FunctionRoles.Execution(function, setting).Policy;
    private static readonly PolicyDocument submitter = FunctionRoles.Execution(function with { Mode = ExecutionMode.Batch }, setting).Policy;
    private static readonly PolicyDocument job = FunctionRoles.Job(function, setting)!.Policy;

    public static TheoryData<string, string> Statements =>
    [
        .. execution.Statements.Select(statement => ("lambda", statement.Sid)),
        .. submitter.Statements.Select(statement => ("submitter", statement.Sid)),
        .. job.Statements.Select(statement => ("job", statement.Sid)),
    ];

    [Fact]
    public void AllowsThemAll()
    {
        Assert.All(inLambda, request => Assert.Equal(AccessDecision.Allowed, PolicyEvaluation.Decide([execution], request)));
        Assert.All(inSubmitter, request => Assert.Equal(AccessDecision.Allowed, PolicyEvaluation.Decide([submitter], request)));
        Assert.All(inJobs, request => Assert.Equal(AccessDecision.Allowed, PolicyEvaluation.Decide([job], request)));
    }

    [Fact]
    public void AllowsNothingOfOthers()
    {
        Assert.All(ofOthers, request => Assert.Equal(AccessDecision.NotAllowed, PolicyEvaluation.Decide([execution], request)));
        Assert.All(ofOthers, request => Assert.Equal(AccessDecision.NotAllowed, PolicyEvaluation.Decide([job], request)));
        Assert.All(ofOthers, request => Assert.Equal(AccessDecision.NotAllowed, PolicyEvaluation.Decide([submitter], request)));
        Assert.Equal(AccessDecision.NotAllowed, PolicyEvaluation.Decide([submitter], new("s3:PutObject", Texts + "more/a.count")));
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void NeedsEveryStatement(string role, string sid)
    {
        var (policy, calls) = role switch
        {
            "job" => (job, inJobs),
            "submitter" => (submitter, inSubmitter),
            _ => (execution, inLambda),
        };
        var without = new PolicyDocument([.. policy.Statements.Where(statement => statement.Sid != sid)]);

        Assert.Contains(calls, request => PolicyEvaluation.Decide([without], request) == AccessDecision.NotAllowed);
    }

    private static AccessRequest Listed(string bucket, string? prefix) => new("s3:ListBucket", $"arn:aws:s3:::{bucket}")
    {
        Context = prefix is null ? new Dictionary<string, IReadOnlyList<string>>() : Of("s3:prefix", prefix),
    };

    private static Dictionary<string, IReadOnlyList<string>> Of(string key, params IReadOnlyList<string> values) => new() { [key] = values };
}
