using System.Text;
using System.Text.Json.Nodes;

namespace ScarNet.Local.Batch;

/// <summary>nextToken and maxResults.</summary>
internal static class Pages
{
    /// <summary>Reads maxResults.</summary>
    public static int Size(JsonObject body, int most) => body.Integer("maxResults") switch
    {
        null => most,
        var size when size >= 1 && size <= most => size.Value,
        var size => throw BatchFault.Client($"maxResults must be between 1 and {most}, got {size}"),
    };

    /// <summary>The position that a page starts after.</summary>
    public static long Position(JsonObject body, long first)
    {
        if (body.Text("nextToken") is not { Length: > 0 } token)
        {
            return first;
        }

        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length) && long.TryParse(Encoding.ASCII.GetString(bytes, 0, length), out var position)
            ? position
            : throw BatchFault.Client("nextToken is not one that this call has given");
    }

    public static string Token(long position) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{position}"));
}
