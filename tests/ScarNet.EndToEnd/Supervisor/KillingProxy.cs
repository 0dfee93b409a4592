namespace ScarNet.EndToEnd.Supervisor;

/// <summary>
/// Kills the supervisor at one of its requests: before the engine hears of it, or after the engine has answered and before the supervisor
/// hears that.
/// </summary>
/// <param name="fatal">Which request, from 1.</param>
/// <param name="afterwards">Whether the engine still gets it.</param>
internal sealed class KillingProxy(int fatal, bool afterwards) : ForwardingProxy
{
    private readonly TaskCompletionSource<Action> kill = new();

    /// <summary>Says how the supervisor is killed.</summary>
    public void Kills(Action supervisor) => kill.TrySetResult(supervisor);

    protected override async Task<ReadOnlyMemory<byte>> Answer(int number, string head, Func<Task<byte[]>> forward)
    {
        var answer = number == fatal && !afterwards ? default : (ReadOnlyMemory<byte>)await forward();
        if (number != fatal)
        {
            return answer;
        }

        (await kill.Task)();
        return default;
    }
}
