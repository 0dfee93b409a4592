namespace ScarNet.Core.Functions;

/// <summary>The functions of one or more files, tied by their buckets.</summary>
/// <param name="Name">The first file's name without its extension, or <c>pipeline</c> for standard input.</param>
/// <param name="Functions">In the order of the files.</param>
public sealed record Pipeline(string Name, IReadOnlyList<FunctionDefinition> Functions)
{
    /// <summary>Storages besides the account's own S3 that the files declare (<c>storage_providers</c>).</summary>
    public IReadOnlyList<StorageProvider> StorageProviders { get; init; } = [];
}
