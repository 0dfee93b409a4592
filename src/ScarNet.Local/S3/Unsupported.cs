namespace ScarNet.Local.S3;

/// <summary>Sub-resources that the engine has nothing for. Asking for one must not look like asking for the bucket or object itself.</summary>
internal static class Unsupported
{
    private static readonly HashSet<string> Names =
    [
        "analytics", "inventory", "metrics", "intelligent-tiering", "metadataTable", "metadataConfiguration", "session", "abac",
        "torrent", "retention", "legal-hold", "select", "restore", "attributes", "renameObject", "append",
        "location", "versioning", "notification", "versions", "uploads", "delete", "tagging", "acl",
    ];

    /// <summary>Call it once nothing else answered for the name.</summary>
    /// <exception cref="Http.ApiException">NotImplemented.</exception>
    public static void Refuse(string name, string method)
    {
        if (Names.Contains(name))
        {
            throw S3Errors.NotImplemented($"{method} of '{name}'");
        }
    }
}
