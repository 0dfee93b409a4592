using ScarNet.Local.Lambda;

namespace ScarNet.Tests.Lambda;

public sealed class AsynchronousRules
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void TryAgainAfterTheWaitOfThatAttempt(int failedBefore, int seconds) => Assert.Equal(
        new AsyncOutcome(AsyncEnd.Retry, Now.AddSeconds(seconds)),
        AsyncRules.AfterAttempt(Row(failedBefore, Now), Function(null), succeeded: false, Now, Waits));

    [Fact]
    public void GiveUpAfterTheThirdAttempt() => Assert.Equal(
        AsyncEnd.RetriesExhausted, AsyncRules.AfterAttempt(Row(2, Now), Function(null), succeeded: false, Now, Waits).End);

    [Fact]
    public void GiveUpAtOnceWhenNoRetryIsWanted() => Assert.Equal(
        AsyncEnd.RetriesExhausted,
        AsyncRules.AfterAttempt(Row(0, Now), Function(new EventInvokeSettings(0, null, null, null, Now)), succeeded: false, Now, Waits).End);

    [Fact]
    public void NeverRetryAnEventThatWouldBeTooOldByThen() => Assert.Equal(
        AsyncEnd.EventAgeExceeded,
        AsyncRules.AfterAttempt(Row(0, Now.AddSeconds(-59.5)), Function(new EventInvokeSettings(2, 60, null, null, Now)), succeeded: false, Now, Waits).End);

    [Fact]
    public void DropAnEventOlderThanSixHoursBeforeItsFirstAttempt()
    {
        Assert.Equal(AsyncEnd.EventAgeExceeded, AsyncRules.BeforeAttempt(Row(0, Now.AddHours(-7)), Function(null), Now)?.End);
        Assert.Null(AsyncRules.BeforeAttempt(Row(0, Now.AddHours(-5)), Function(null), Now));
    }

    private static AsyncInvocation Row(int attempts, DateTimeOffset enqueued) => new(1, "id", "arn", [], attempts, enqueued);

    private static FunctionRecord Function(EventInvokeSettings? settings) => new()
    {
        Name = "f",
        Arn = "arn:aws:lambda:us-east-1:000000000000:function:f",
        Role = "r",
        CodeSha256 = "",
        LastModified = Now,
        RevisionId = "",
        DeploymentId = "",
        EventInvoke = settings,
    };
}
