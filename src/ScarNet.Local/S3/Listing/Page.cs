namespace ScarNet.Local.S3.Listing;

/// <summary>A page of a listing: entries and common prefixes in the order of their bytes.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class Page<T>(ListQuery query)
{
    public List<T> Entries { get; } = [];

    public List<byte[]> CommonPrefixes { get; } = [];

    /// <summary>The last thing on the page: a key or a common prefix.</summary>
    public byte[] Last { get; private set; } = [];

    public bool IsTruncated { get; private set; }

    public int Count => Entries.Count + CommonPrefixes.Count;

    /// <summary>Takes the next key in order.</summary>
    /// <param name="key">Its bytes; it has the query's prefix.</param>
    /// <param name="entry">Makes the entry when it is needed.</param>
    /// <returns>Where to go on when everything up to there is rolled into one; null to go on with the next. Ask <see cref="IsTruncated"/> first.</returns>
    public byte[]? Add(ReadOnlySpan<byte> key, Func<T> entry)
    {
        if (KeyBytes.CommonPrefix(key, query.Prefix.Length, query.Delimiter) is { } common)
        {
            if (!common.AsSpan().SequenceEqual(query.Skip) && !Full())
            {
                CommonPrefixes.Add(common);
                Last = common;
            }

            return KeyBytes.AfterAll(common);
        }

        if (!Full())
        {
            Entries.Add(entry());
            Last = key.ToArray();
        }

        return null;
    }

    private bool Full() => IsTruncated = Count >= query.Most;
}
