using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor;

/// <summary>Tells our own bugs from what went wrong outside.</summary>
internal static class Failures
{
    public static RunFailure Of(Exception e, Log log)
    {
        switch (e)
        {
            case RunFailure failure:
                return failure;
            case ScarException scar:
                return new(ExitCodes.InputMissing, scar.Hint is null ? scar.Message : $"{scar.Message}: {scar.Hint}", e);
            case AmazonServiceException { StatusCode: HttpStatusCode.Forbidden } service:
                return new(ExitCodes.UploadFailed, $"the function's role may not do this: {service.Message}", e);
            case AmazonServiceException or AmazonClientException or HttpRequestException or HttpIOException or SocketException or TimeoutException:
                return new(ExitCodes.UploadFailed, $"a service that the run needs does not answer as it should: {e.Message}", e);
            default:
                log.Error("bug", ("error", e.ToString()));
                return new(ExitCodes.Bug, $"a bug in ScarNet: {e.GetType().Name}: {e.Message}", e);
        }
    }
}
