using System.Text.Json.Nodes;
using ScarNet.Core.Tasks;

namespace ScarNet.Tests.Tasks;

public sealed class StatesOfTasks
{
    [Fact]
    public void NoFinalStateIsEverLeft()
    {
        foreach (var from in Enum.GetValues<TesState>().Where(TesStates.IsFinal))
        {
            Assert.DoesNotContain(Enum.GetValues<TesState>(), to => TesStates.MayFollow(from, to));
        }
    }

    [Theory]
    [InlineData(TesState.Queued, TesState.Initializing, true)]
    [InlineData(TesState.Queued, TesState.Canceled, true)]
    [InlineData(TesState.Running, TesState.Canceling, true)]
    [InlineData(TesState.Canceling, TesState.Complete, true)]
    [InlineData(TesState.Running, TesState.Queued, false)]
    [InlineData(TesState.Canceling, TesState.Running, false)]
    [InlineData(TesState.Initializing, TesState.Complete, false)]
    public void AStateFollowsAnother(TesState from, TesState to, bool may) => Assert.Equal(may, TesStates.MayFollow(from, to));

    [Fact]
    public void EveryNameIsReadAgain() =>
        Assert.All(Enum.GetValues<TesState>(), state => Assert.Equal(state, TesStates.Parse(TesStates.Name(state))));

    [Fact]
    public void ALogIsWrittenAsTesHasIt()
    {
        var start = new DateTimeOffset(2026, 11, 21, 12, 0, 0, 5, TimeSpan.FromHours(2));
        var log = new TesLog(start)
        {
            End = start.AddSeconds(2),
            Executors = [new(start) { End = start.AddSeconds(1), Stdout = "out", ExitCode = 0 }],
            Outputs = [new("s3://b/k", "/o", 9_007_199_254_740_993)],
            SystemLogs = ["a line"],
        };

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"logs": [{"start_time": "2026-11-21T10:00:00.005Z", "end_time": "2026-11-21T10:00:01.005Z", "stdout": "out", "stderr": "", "exit_code": 0}],
                 "start_time": "2026-11-21T10:00:00.005Z", "end_time": "2026-11-21T10:00:02.005Z",
                 "outputs": [{"url": "s3://b/k", "path": "/o", "size_bytes": "9007199254740993"}], "system_logs": ["a line"]}
                """),
            TesWriter.Write(log)));
    }
}
