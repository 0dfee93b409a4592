using ScarNet.Core.Iam;
using static ScarNet.EndToEnd.Iam.GuardedPipelines;

namespace ScarNet.EndToEnd.Iam;

/// <summary>
/// The policies that <c>init</c> makes, in force: runs that use everything pass under them, and without any one statement the run that needs
/// it fails and says what it was not allowed. Statements about KMS and ECR, which the engine has not, are CoveringTheSupervisorsCalls' matter.
/// </summary>
public sealed class NeedingEveryStatement(GuardedPipelines pipelines) : IClassFixture<GuardedPipelines>
{
    private const string Lambda = "guarded-lambda";
    private const string Batch = "guarded-batch";
    private const string HandingOver = "guarded-handover";
    private const string Artifacts = "scarnet-";

    public static TheoryData<string, string> OfLambda => Statements(Execution(Lambda));

    public static TheoryData<string, string> OfSubmitters => Statements(Execution(Batch));

    public static TheoryData<string, string> OfJobs => Statements(Job(Batch));

    [Fact]
    public async Task AreEnoughInLambda()
    {
        var function = await pipelines.Of(Lambda);

        await Passes(function.Ordinary);
        await Passes(function.Unpinned);
        await Passes(function.Large);
        await Passes(() => function.Again(keep: true));
        await Passes(() => function.Again(keep: false));
        Assert.True((await function.Gone()).Done);
        Assert.True((await function.Failing()).Done);
        Assert.True((await function.Reported()).Done);
        Assert.True((await function.GivenUp()).Done);
    }

    [Fact]
    public async Task AreEnoughInBatch()
    {
        var function = await pipelines.Of(Batch);

        await Passes(function.Ordinary);
        await Passes(function.Unpinned);
        await Passes(function.UnpinnedAndGone);
        await Passes(function.Large);
        await Passes(() => function.Again(keep: true));
        await Passes(() => function.Again(keep: false));
        await Passes(function.Together);
        await Passes(() => function.Waiting(again: true, padded: true));
        await Passes(function.Gone);
        await Passes(function.Failing);
    }

    [Fact]
    public async Task AreEnoughToHandOver()
    {
        var function = await pipelines.Of(HandingOver);

        await Passes(function.Ordinary);
        await Passes(() => function.Waiting(again: true, padded: true));
    }

    [Theory]
    [MemberData(nameof(OfLambda))]
    public async Task InLambda(string sid, string bucket)
    {
        var function = await pipelines.Of(Lambda);
        var (probe, said) = OfScripts(function, Lambda, sid, bucket);

        var probed = await function.Without(function.ExecutionRole, sid, probe);

        Lacks(probed, sid, said);
    }

    [Theory]
    [MemberData(nameof(OfSubmitters))]
    public async Task InSubmitters(string sid, string bucket)
    {
        var function = await pipelines.Of(Batch);
        (Func<Task<Probed>> Probe, string Said) needed = (sid, bucket) switch
        {
            ("ReadInput", _) => (function.Unpinned, Unseen(Inbox, Batch)),
            ("LookAtOutputs", _) => (() => function.Again(keep: true), Unseen(Outbox, Batch)),
            ("HandEventsOver", _) => (function.Together, Denied("s3:PutObject", Artifacts)),
            ("SubmitJobs", _) => (function.Ordinary, "batch:SubmitJob on resource: arn:aws:batch:us-east-1:000000000000:job-definition/scarnet-guarded-batch:1"),
            ("FindJobs", _) => (() => function.Waiting(again: true, padded: false), "batch:DescribeJobs on resource: *"),
            (_, Inbox) when IsListing(sid) => (function.UnpinnedAndGone, Unseen(Inbox, Batch)),
            (_, Outbox) when IsListing(sid) => (() => function.Again(keep: false), Unseen(Outbox, Batch)),
            _ => OfScripts(function, Batch, sid, bucket),
        };

        var probed = await function.Without(function.ExecutionRole, sid, needed.Probe);

        Lacks(probed, sid, needed.Said);
    }

    [Theory]
    [MemberData(nameof(OfJobs))]
    public async Task InJobs(string sid, string bucket)
    {
        var function = await pipelines.Of(Batch);
        (Func<Task<Probed>> Probe, string Said) needed = sid switch
        {
            "TakeEvents" => (function.Together, Denied("s3:GetObject", Artifacts)),
            "CountFailures" => (function.Together, Denied("s3:PutObject", Artifacts)),
            _ => OfScripts(function, Batch, sid, bucket),
        };

        var probed = await function.Without(function.JobRole, sid, needed.Probe);

        Lacks(probed, sid, needed.Said);
    }

    /// <summary>What a function in Lambda has besides when it may hand over.</summary>
    [Theory]
    [InlineData("HandEventsOver", "s3:PutObject on resource: \"arn:aws:s3:::scarnet-")]
    [InlineData("SubmitJobs", "batch:SubmitJob on resource: arn:aws:batch:us-east-1:000000000000:job-definition/scarnet-guarded-handover:1")]
    [InlineData("FindJobs", "batch:DescribeJobs on resource: *")]
    public async Task WhereLambdaHandsOver(string sid, string said)
    {
        var function = await pipelines.Of(HandingOver);

        var probed = await function.Without(
            function.ExecutionRole, sid, () => function.Waiting(again: sid == "FindJobs", padded: sid == "HandEventsOver"));

        Lacks(probed, sid, said);
        Assert.Equal(
            ["HandEventsOver", "SubmitJobs", "FindJobs"],
            Execution(HandingOver).Policy.Statements.Select(s => s.Sid).Except(Execution(Lambda).Policy.Statements.Select(s => s.Sid)));
    }

    [Fact]
    public async Task JobsNeedTheTrustOfTheirRole()
    {
        var function = await pipelines.Of(Batch);

        var probed = await function.Mistrusted(function.JobRole, "lambda.amazonaws.com", function.Ordinary);

        Assert.False(probed.Done, probed.Said);
        Assert.StartsWith(
            "the role 'arn:aws:iam::000000000000:role/scarnet/guarded-batch.us-east-1.job' cannot be assumed by ecs-tasks.amazonaws.com",
            await function.LastReason(), StringComparison.Ordinal);
    }

    private static TheoryData<string, string> Statements(RoleDefinition role) =>
        [.. role.Policy.Statements.Select(statement => (statement.Sid, statement.Resources[0].Split(':')[^1].Split('/')[0]))];

    private static bool IsListing(string sid) => sid.StartsWith("List", StringComparison.Ordinal);

    private static string Denied(string action, string bucket) => $"is not authorized to perform: {action} on resource: \"arn:aws:s3:::{bucket}";

    // A HEAD's answer has no body that could name the action: the supervisor does.
    private static string Unseen(string bucket, string name) => $"Access Denied to look at 's3://{bucket}/{name}/";

    /// <summary>What shows that where the script runs a statement is needed, and the words for it.</summary>
    private static (Func<Task<Probed>> Probe, string Said) OfScripts(GuardedFunction function, string name, string sid, string bucket) => (sid, bucket) switch
    {
        ("WriteLogs", _) => (function.Ordinary, ""),
        ("ReportFailures", _) => (function.Reported, $"is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::{Reports}/aws/lambda/async/{name}/"),
        ("SendDeadLetters", _) => (function.GivenUp, $"is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:us-east-1:000000000000:{Letters}"),
        (_, Reports) when IsListing(sid) => (function.Reported, $"is not authorized to perform: s3:ListBucket on resource: arn:aws:s3:::{Reports}"),
        ("ReadInput", _) => (function.Ordinary, Denied("s3:GetObject", $"{Inbox}/{name}/")),
        ("ReadFurtherInputs", _) => (function.Ordinary, Unseen(References, name)),
        ("WriteOutputs", _) => (function.Ordinary, Denied("s3:PutObject", $"{Outbox}/{name}/")),
        ("TagOutputs", _) => (function.Ordinary, Denied("s3:PutObjectTagging", $"{Outbox}/{name}/")),
        ("KeepFailed", _) => (function.Failing, Denied("s3:PutObject", $"{Outbox}/failed/{name}/")),
        ("ReadDeployed", _) => (function.Ordinary, Denied("s3:GetObject", Artifacts)),
        ("KeepClaims" or "KeepRecords", _) => (function.Ordinary, "is not authorized to perform: s3:"),
        ("KeepResults", _) => (function.Ordinary, Denied("s3:GetObject", Artifacts)),
        (_, Inbox) when IsListing(sid) => (function.Gone, Denied("s3:ListBucket", Inbox)),
        (_, Outbox) when IsListing(sid) => (function.Large, Unseen(Outbox, name)),
        (_, References) when IsListing(sid) => (function.Ordinary, Denied("s3:ListBucket", References)),
        _ when IsListing(sid) => (function.Ordinary, Denied("s3:ListBucket", Artifacts)),
        _ => throw new InvalidOperationException($"nobody has shown yet what needs the statement '{sid}'"),
    };

    private static async Task Passes(Func<Task<Probed>> probe)
    {
        var probed = await probe();

        Assert.True(probed.Done, probed.Said);
        Assert.DoesNotContain("is not authorized", probed.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Access Denied", probed.Said, StringComparison.Ordinal);
    }

    // Without the right to write it, a log is what is lost, and nothing else.
    private static void Lacks(Probed probed, string sid, string said)
    {
        if (sid == "WriteLogs")
        {
            Assert.True(probed.Done, probed.Said);
            Assert.DoesNotContain("START RequestId", probed.Log, StringComparison.Ordinal);
            return;
        }

        Assert.False(probed.Done, probed.Said);
        Assert.True(probed.Said.Contains(said, StringComparison.Ordinal), $"'{said}' is not in\n{probed.Said}");
    }
}
