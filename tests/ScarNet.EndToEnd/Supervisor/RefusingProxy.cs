using System.Text;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>Refuses some requests as S3 does what a role may not, each with its own words.</summary>
/// <param name="refusal">Why, by the request's first line; null lets it pass.</param>
internal sealed class RefusingProxy(Func<string, string?> refusal) : ForwardingProxy
{
    protected override async Task<ReadOnlyMemory<byte>> Answer(int number, string head, Func<Task<byte[]>> forward)
    {
        if (refusal(head[..head.IndexOf("\r\n", StringComparison.Ordinal)]) is not { } why)
        {
            return await forward();
        }

        var body = $"<Error><Code>AccessDenied</Code><Message>{why}</Message></Error>";
        return Encoding.ASCII.GetBytes(
            $"HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
    }
}
