namespace ScarNet.Local.S3.Objects;

internal static class ETags
{
    public static string Unquote(string etag) => etag.Trim().Trim('"');

    /// <summary>Whether a list of ETags, as in If-Match, has this one; * has every one.</summary>
    public static bool Contains(string list, string etag)
    {
        foreach (var range in list.AsSpan().Split(','))
        {
            var item = list.AsSpan()[range].Trim();
            item = item.StartsWith("W/") ? item[2..] : item;
            if (item is "*" || item.Trim('"').SequenceEqual(etag))
            {
                return true;
            }
        }

        return false;
    }
}
