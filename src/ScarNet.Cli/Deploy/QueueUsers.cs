using System.Net;
using Amazon.Runtime;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// Which functions submit to which queue, as they say themselves: a tag for each user would end at 50, and outlive a function that was
/// taken away by hand.
/// </summary>
internal sealed class QueueUsers(Target target)
{
    /// <summary>Functions by queue; null when this identity may not list them. Those whose variables cannot be read are users of every queue.</summary>
    /// <param name="queues">Names of the queues that matter.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<ILookup<string, string>?> Read(IReadOnlyCollection<string> queues, CancellationToken cancellation)
    {
        var users = new List<(string Queue, string Function)>();
        var request = new ListFunctionsRequest { FunctionVersion = "ALL" }; // one may go back to a version that is kept
        try
        {
            do
            {
                var page = await target.Clients.Lambda.ListFunctionsAsync(request, cancellation);
                users.AddRange(
                    from function in page.Functions ?? []
                    from queue in queues
                    where Uses(function, queue)
                    select (queue, function.FunctionName!));
                request.Marker = page.NextMarker;
            }
            while (!string.IsNullOrEmpty(request.Marker));
        }
        catch (AmazonServiceException e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            return null;
        }

        return users.Distinct().ToLookup(user => user.Queue, user => user.Function);
    }

    // By name or ARN.
    private static bool Uses(FunctionConfiguration function, string queue) => function.Environment?.Error is not null
        || function.Environment?.Variables?.GetValueOrDefault(SupervisorVariables.JobQueue)?.Split('/')[^1] == queue;
}
