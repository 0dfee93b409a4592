using System.Globalization;
using ScarNet.Local.Http;

namespace ScarNet.Local.Lambda;

/// <summary>Some of a list, and where the next call goes on.</summary>
/// <param name="Items">In their order.</param>
/// <param name="NextMarker">Null after the last.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? NextMarker);

/// <summary>Lambda's way of listing: <c>MaxItems</c> and <c>Marker</c>.</summary>
internal static class ListPage
{
    private const int Most = 50;

    /// <param name="query">Of the request.</param>
    /// <param name="all">Everything, in the order of its keys.</param>
    /// <param name="key">Of an item, compared byte for byte: the next page goes on behind it, also when it has gone.</param>
    /// <exception cref="ApiException">MaxItems is not between 1 and 10,000.</exception>
    public static ListPage<T> Of<T>(QueryParameters query, IEnumerable<T> all, Func<T, string> key)
    {
        var most = query["MaxItems"] is { } text
            ? int.TryParse(text, NumberStyles.None, null, out var number) && number is >= 1 and <= 10_000
                ? Math.Min(number, Most)
                : throw LambdaFault.Validation(text, "maxItems", "Member must have value between 1 and 10000")
            : Most;
        var rest = query["Marker"] is { Length: > 0 } marker ? all.Where(item => string.CompareOrdinal(key(item), marker) > 0) : all;
        var found = rest.Take(most + 1).ToList();
        return found.Count > most ? new(found[..most], key(found[most - 1])) : new(found, null);
    }
}
