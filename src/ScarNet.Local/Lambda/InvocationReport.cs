using System.Globalization;
using System.Text;

namespace ScarNet.Local.Lambda;

/// <summary>Lambda's own log lines and words.</summary>
internal static class InvocationReport
{
    private const double BytesPerMiB = 1 << 20;

    public static IEnumerable<string> End(FunctionRecord function, string requestId, TimeSpan took, TimeSpan? init, long peakBytes)
    {
        yield return $"END RequestId: {requestId}";
        var line = new StringBuilder();
        line.Append(
            CultureInfo.InvariantCulture,
            $"REPORT RequestId: {requestId}\tDuration: {took.TotalMilliseconds:0.00} ms\tBilled Duration: {Math.Ceiling(took.TotalMilliseconds):0} ms\t");
        line.Append(
            CultureInfo.InvariantCulture,
            $"Memory Size: {function.MemoryMiB} MB\tMax Memory Used: {Math.Ceiling(peakBytes / BytesPerMiB):0} MB\t");
        if (init is { } time)
        {
            line.Append(CultureInfo.InvariantCulture, $"Init Duration: {time.TotalMilliseconds:0.00} ms\t");
        }

        yield return line.ToString();
    }

    public static RuntimeAnswer TimedOut(string requestId, int seconds, DateTimeOffset now)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"Task timed out after {seconds:0.00} seconds");
        return RuntimeAnswer.Fault(
            "Sandbox.Timedout", $"RequestId: {requestId} Error: {message}", $"{now:yyyy-MM-ddTHH:mm:ss.fffZ} {requestId} {message}");
    }
}
