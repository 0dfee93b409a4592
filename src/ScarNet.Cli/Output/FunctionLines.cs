namespace ScarNet.Cli.Output;

/// <summary>A line for each function that changed, about once a second: for logs and pipes.</summary>
internal sealed class FunctionLines(Terminal terminal, TimeProvider clock) : IFunctionBoard
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, FunctionCounts> said = [];
    private IReadOnlyList<FunctionCounts> latest = [];
    private long lastTime;

    public void Show(IReadOnlyList<FunctionCounts> functions)
    {
        latest = functions;
        if (lastTime == 0 || clock.GetElapsedTime(lastTime) >= Rhythm)
        {
            Finish();
        }
    }

    /// <summary>Says what has not been said yet.</summary>
    public void Finish()
    {
        lastTime = clock.GetTimestamp();
        foreach (var f in latest.Where(f => said.GetValueOrDefault(f.Name) != f && f.Pending + f.Running + f.Succeeded + f.Failed > 0))
        {
            said[f.Name] = f;
            terminal.Say($"{f.Name}: {f.Pending} pending, {f.Running} running, {f.Succeeded} done, {f.Failed} failed");
        }
    }
}
