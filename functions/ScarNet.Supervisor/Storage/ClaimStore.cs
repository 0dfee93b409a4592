using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>The claims of one function.</summary>
internal sealed class ClaimStore(Documents documents, string function)
{
    // Each round lost means that another one took the claim: after as many there is nothing left to win.
    private const int MaxRounds = 5;

    /// <summary>Takes up the work of an invocation, or finds out why not.</summary>
    /// <param name="invocationId">The invocation.</param>
    /// <param name="wanted">The claim to write where there is none; taken over, it keeps the first start and counts the attempt.</param>
    /// <param name="mostlyThere">Whether to look before writing: a Batch job expects a claim.</param>
    /// <param name="decide">What to do about a claim that is there.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The claim when it is held, and otherwise the decision not to.</returns>
    public async Task<(HeldClaim? Held, ClaimDecision Decision)> Take(
        string invocationId, Claim wanted, bool mostlyThere, Func<Claim, Task<ClaimDecision>> decide, CancellationToken cancellation)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            if ((!mostlyThere || round > 0) && await Create(invocationId, wanted, cancellation) is { } created)
            {
                return (created, ClaimDecision.TakeOver);
            }

            if (await Read(invocationId, cancellation) is not { } found)
            {
                continue;
            }

            var decision = await decide(found.Content);
            if (decision != ClaimDecision.TakeOver)
            {
                return (null, decision);
            }

            var next = wanted with { Attempt = found.Content.Attempt + 1, Started = found.Content.Started };
            if (await Replace(invocationId, next, found.ETag, cancellation) is { } etag)
            {
                return (new(next, etag, found.Content), decision);
            }
        }

        return (null, ClaimDecision.StandBack);
    }

    /// <summary>Writes the held claim anew.</summary>
    /// <returns>Null when another one has taken it meanwhile.</returns>
    public async Task<HeldClaim?> Update(string invocationId, HeldClaim held, Claim next, CancellationToken cancellation)
    {
        if (await Replace(invocationId, next, held.ETag, cancellation) is { } etag)
        {
            return held with { Claim = next, ETag = etag };
        }

        // The write may have arrived although its answer did not: the repetition then fails on our own ETag.
        return await Read(invocationId, cancellation) is { } found && found.Content.Owner == next.Owner && found.Content.State == next.State
            ? held with { Claim = next, ETag = found.ETag }
            : null;
    }

    public Task<(Claim Content, string ETag)?> Read(string invocationId, CancellationToken cancellation) =>
        documents.Read(ArtifactKeys.Claim(function, invocationId), Json.Default.Claim, cancellation);

    private async Task<HeldClaim?> Create(string invocationId, Claim claim, CancellationToken cancellation) =>
        await documents.Create(ArtifactKeys.Claim(function, invocationId), claim, Json.Default.Claim, cancellation) is { } etag
            ? new(claim, etag, null)
            : null;

    private Task<string?> Replace(string invocationId, Claim claim, string etag, CancellationToken cancellation) =>
        documents.Replace(ArtifactKeys.Claim(function, invocationId), claim, Json.Default.Claim, etag, cancellation);
}
