using ScarNet.Local.Http;

namespace ScarNet.Local.Batch;

/// <summary>Batch's own error: everything that the caller did wrong is a ClientException with status 400.</summary>
internal static class BatchFault
{
    public static ApiException Client(string message) => new(400, "ClientException", message);
}
