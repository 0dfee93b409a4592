using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class DecidingClaims
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private static readonly Claim Held = new()
    {
        State = ClaimState.Running,
        Owner = "r1",
        LeaseUntil = Now.AddSeconds(60),
        Started = Now,
    };

    private static readonly Claim Expired = Held with { LeaseUntil = Now.AddSeconds(-1) };

    public static TheoryData<Claim, string, ClaimDecision> Requests => new()
    {
        { Held, "r2", ClaimDecision.StandBack },
        { Held, "r1", ClaimDecision.TakeOver }, // a retry after a crash
        { Expired, "r2", ClaimDecision.TakeOver },
        { Held with { State = ClaimState.Failed }, "r1", ClaimDecision.TakeOver },
        { Held with { State = ClaimState.Failed }, "r2", ClaimDecision.TakeOver },
        { Held with { State = ClaimState.Failed, JobId = "j1" }, "r2", ClaimDecision.TakeOver },
        { Held with { State = ClaimState.Done }, "r1", ClaimDecision.AlreadyDone },
        { Held with { State = ClaimState.Done, JobId = "j1" }, "r2", ClaimDecision.AlreadyDone },
        { Expired with { State = ClaimState.Done }, "r2", ClaimDecision.AlreadyDone },
        { Held with { State = ClaimState.Submitting }, "r1", ClaimDecision.TakeOver },
        { Held with { State = ClaimState.Submitting }, "r2", ClaimDecision.StandBack },
        { Expired with { State = ClaimState.Submitting }, "r2", ClaimDecision.TakeOver },
        { Held with { State = ClaimState.Submitted, JobId = "j1" }, "r1", ClaimDecision.AskBatch },
        { Held with { State = ClaimState.Submitted, JobId = "j1" }, "r2", ClaimDecision.AskBatch },
        { Held with { Owner = "j1", JobId = "j1" }, "r1", ClaimDecision.AskBatch },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void OfALambdaRequest(Claim found, string requestId, ClaimDecision expected) =>
        Assert.Equal(expected, Claims.ForRequest(found, requestId, Now));

    public static TheoryData<Claim, string, ClaimDecision> JobIds => new()
    {
        { Held with { State = ClaimState.Submitted, JobId = "j1" }, "j1", ClaimDecision.TakeOver },
        { Held with { State = ClaimState.Submitted, JobId = "j1" }, "j2", ClaimDecision.StandBack },
        { Held with { State = ClaimState.Submitting }, "j1", ClaimDecision.TakeOver }, // started before Lambda wrote its id
        { Held with { Owner = "j1", JobId = "j1" }, "j1", ClaimDecision.TakeOver }, // a later attempt
        { Held with { Owner = "j1", JobId = "j1" }, "j2", ClaimDecision.StandBack },
        { Expired with { Owner = "j1", JobId = "j1" }, "j2", ClaimDecision.TakeOver },
        { Held, "j1", ClaimDecision.StandBack }, // a Lambda runs it inline
        { Held with { State = ClaimState.Failed, Owner = "j1", JobId = "j1" }, "j1", ClaimDecision.TakeOver },
        { Held with { State = ClaimState.Done, Owner = "j1", JobId = "j1" }, "j1", ClaimDecision.AlreadyDone },
    };

    [Theory]
    [MemberData(nameof(JobIds))]
    public void OfABatchJob(Claim found, string jobId, ClaimDecision expected) => Assert.Equal(expected, Claims.ForJob(found, jobId, Now));
}
