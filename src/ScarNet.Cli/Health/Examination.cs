using ScarNet.Aws;
using ScarNet.Core;

namespace ScarNet.Cli.Health;

/// <summary>Looks at several things side by side, at none of them for ever.</summary>
/// <param name="clock">Measures deadlines.</param>
/// <param name="limit">Longest time one look may take.</param>
/// <param name="longer">The same for looks at every function of an account. Default: no longer.</param>
internal sealed class Examination(TimeProvider clock, TimeSpan limit, TimeSpan? longer = null)
{
    /// <summary>What was found, as by the other; each look says whether it is one at every function.</summary>
    public async Task<IReadOnlyList<Finding>> Run(
        IReadOnlyList<(string Check, bool TakesLonger, Func<CancellationToken, Task<IReadOnlyList<Finding>>> Look)> looks, CancellationToken cancellation) =>
        [.. (await Task.WhenAll(looks.Select(look => Run(look.Check, look.Look, look.TakesLonger ? longer ?? limit : limit, cancellation)))).SelectMany(findings => findings)];

    /// <summary>What was found, in the order of the looks; a look that fails or takes too long is a finding too.</summary>
    public async Task<IReadOnlyList<Finding>> Run(
        IReadOnlyList<(string Check, Func<CancellationToken, Task<IReadOnlyList<Finding>>> Look)> looks, CancellationToken cancellation) =>
        await Run([.. looks.Select(look => (look.Check, false, look.Look))], cancellation);

    private async Task<IReadOnlyList<Finding>> Run(
        string check, Func<CancellationToken, Task<IReadOnlyList<Finding>>> look, TimeSpan most, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(most, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            // On a thread of its own, and waited for no longer than that: some of it blocks, and heeds no token.
            return await Task.Run(() => look(either.Token), either.Token).WaitAsync(either.Token);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception) when (deadline.IsCancellationRequested)
        {
            return [Finding.Problem(check, $"no answer within {most.TotalSeconds:0} s", "is the network up, and the endpoint right (AWS_ENDPOINT_URL, --region)?")];
        }
        catch (ScarException e)
        {
            return [Finding.Problem(check, e.Message, e.Hint)];
        }
        catch (Exception e) when (AwsErrors.Explain(e) is { } explained)
        {
            return [Finding.Problem(check, explained.Message, explained.Hint)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or System.Net.Sockets.SocketException)
        {
            return [Finding.Problem(check, e.Message.ReplaceLineEndings(" "), null)];
        }
    }
}
