using ScarNet.Core.Iam;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Foundation;

/// <summary>The calls of the job-state function against what its role and the boundary allow.</summary>
public sealed class CoveringTheJobStateFunctionsCalls
{
    private static readonly PolicyDocument policy = FoundationStack.Whole.PolicyOf("JobStateRole");
    private static readonly PolicyDocument boundary = FoundationStack.Whole.Boundary;
    private static readonly string claim = ArtifactKeys.Claim("count", "1");
    private static readonly string run = ArtifactKeys.Run("count", DateTimeOffset.UnixEpoch, "1");

    private static readonly AccessRequest[] calls =
    [
        Object("s3:GetObject", ArtifactKeys.Spec("0")),
        Object("s3:GetObject", ArtifactKeys.Event("count", "0")),
        Object("s3:GetObject", ArtifactKeys.Array("count", "0")),
        Object("s3:GetObject", claim),
        Object("s3:PutObject", claim),
        Object("s3:GetObject", run),
        Object("s3:PutObject", run),
        new("s3:ListBucket", "arn:aws:s3:::artifacts"), // what makes a missing claim a 404
        new("sns:Publish", "arn:aws:sns:eu-west-1:123456789012:scarnet-notices"),
        new("logs:CreateLogStream", FoundationStack.Place.LogStreams("/aws/lambda/scarnet-job-state")),
        new("logs:PutLogEvents", FoundationStack.Place.LogStreams("/aws/lambda/scarnet-job-state")),
    ];

    public static TheoryData<string> Statements { get; } = [.. policy.Statements.Select(statement => statement.Sid)];

    [Fact]
    public void AllowsThemAll() => Assert.All(calls, call =>
    {
        Assert.Equal(AccessDecision.Allowed, PolicyEvaluation.Decide([policy], call));
        Assert.Equal(AccessDecision.Allowed, PolicyEvaluation.Decide([boundary], call));
    });

    [Theory]
    [MemberData(nameof(Statements))]
    public void NeedsEveryStatement(string sid)
    {
        var without = new PolicyDocument([.. policy.Statements.Where(statement => statement.Sid != sid)]);

        Assert.Contains(calls, call => PolicyEvaluation.Decide([without], call) != AccessDecision.Allowed);
    }

    [Fact]
    public void AllowsNothingElse() => Assert.All(
        (AccessRequest[])
        [
            Object("s3:PutObject", ArtifactKeys.Spec("0")),
            Object("s3:PutObject", ArtifactKeys.Script("0")),
            Object("s3:GetObject", ArtifactKeys.Package("0")),
            Object("s3:DeleteObject", claim),
            new("s3:GetObject", "arn:aws:s3:::texts/claims/count/1"),
            new("sns:Publish", "arn:aws:sns:eu-west-1:123456789012:theirs"),
            new("batch:SubmitJob", "arn:aws:batch:eu-west-1:123456789012:job-queue/scarnet"),
        ],
        call => Assert.Equal(AccessDecision.NotAllowed, PolicyEvaluation.Decide([policy], call)));

    private static AccessRequest Object(string action, string key) => new(action, $"arn:aws:s3:::artifacts/{key}");
}
