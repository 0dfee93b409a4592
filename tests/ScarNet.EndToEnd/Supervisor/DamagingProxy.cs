namespace ScarNet.EndToEnd.Supervisor;

/// <summary>Cuts off, or changes a byte of, the first answer to each request for an object below <c>large/</c> or a piece of it.</summary>
/// <param name="cut">Whether the answer ends in the middle; else a byte there is another.</param>
internal sealed class DamagingProxy(bool cut) : ForwardingProxy
{
    private readonly HashSet<string> damaged = [];

    protected override async Task<ReadOnlyMemory<byte>> Answer(int number, string head, Func<Task<byte[]>> forward)
    {
        var answer = await forward();
        var range = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Range:", StringComparison.OrdinalIgnoreCase));
        if (range is null && !(head.StartsWith("GET ", StringComparison.Ordinal) && head[..head.IndexOf("\r\n", StringComparison.Ordinal)].Contains("/large/", StringComparison.Ordinal)))
        {
            return answer;
        }

        lock (damaged)
        {
            if (!damaged.Add(range?[range.LastIndexOf('-')..] ?? "")) // its last byte names a piece
            {
                return answer;
            }
        }

        var middle = answer.Length / 2;
        if (cut)
        {
            return answer.AsMemory(0, middle);
        }

        answer[middle] ^= 1;
        return answer;
    }
}
