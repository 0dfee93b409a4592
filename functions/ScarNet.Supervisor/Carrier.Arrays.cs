using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Batch;

namespace ScarNet.Supervisor;

/// <summary>Several invocations at once, handed over as one array job.</summary>
internal sealed partial class Carrier
{
    private const int AtOnce = 16;

    /// <summary>Whether the objects of one event go into an array job together.</summary>
    public bool MakesArrays => AlwaysHandsOver && spec.Array;

    /// <summary>Each is claimed and recorded by itself; those that are to be done become one job.</summary>
    /// <param name="works">The invocations.</param>
    /// <param name="ended">The supervisor's own end.</param>
    /// <returns>An outcome for each, in their order.</returns>
    public async Task<IReadOnlyList<Outcome>> CarryTogether(IReadOnlyList<Work> works, CancellationToken ended)
    {
        using var turns = new SemaphoreSlim(AtOnce);
        var gathering = new Gathering(works.Count, (members, ct) => Handover.SubmitAll(members, ct), ended);
        return await Task.WhenAll(works.Select(async (work, index) =>
        {
            var joined = false;
            await turns.WaitAsync(ended);
            try
            {
                return await CarryWith(
                    work,
                    async (record, known, held, ours) =>
                    {
                        joined = true;
                        turns.Release(); // the others must get that far before the job can be submitted
                        string jobId;
                        try
                        {
                            jobId = await gathering.Join(index, known, held);
                        }
                        finally
                        {
                            await turns.WaitAsync(ended);
                        }

                        await Handover.Name(known, held, jobId, ended);
                        return record with { Status = RunStatus.Submitted, JobId = jobId };
                    },
                    ended);
            }
            finally
            {
                turns.Release();
                if (!joined)
                {
                    gathering.Leave();
                }
            }
        }));
    }
}
