using System.Collections;

namespace ScarNet.Local.Http;

/// <summary>The decoded parameters of a query, in order. A name without '=' has an empty value.</summary>
public sealed class QueryParameters : IReadOnlyList<KeyValuePair<string, string>>
{
    public static readonly QueryParameters Empty = new([]);

    private readonly List<KeyValuePair<string, string>> items;

    private QueryParameters(List<KeyValuePair<string, string>> items) => this.items = items;

    public int Count => items.Count;

    public KeyValuePair<string, string> this[int index] => items[index];

    /// <summary>The first value of a name, or null.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var item in items)
            {
                if (item.Key == name)
                {
                    return item.Value;
                }
            }

            return null;
        }
    }

    public static QueryParameters Parse(ReadOnlySpan<char> query)
    {
        var items = new List<KeyValuePair<string, string>>();
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? [] : pair[(equals + 1)..];
            items.Add(new(UriText.Decode(name, plusIsSpace: true), UriText.Decode(value, plusIsSpace: true)));
        }

        return new QueryParameters(items);
    }

    public bool Has(string name) => this[name] is not null;

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}
