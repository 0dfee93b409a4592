namespace ScarNet.Local.Ecr;

/// <summary>A repository.</summary>
/// <param name="Name">With its namespaces.</param>
/// <param name="Created">Unix time in seconds.</param>
/// <param name="Tags">By name.</param>
internal sealed record RepositoryRecord(string Name, long Created, IReadOnlyDictionary<string, string> Tags);

/// <summary>An image, or an index of images.</summary>
/// <param name="Digest">sha256:… of its manifest.</param>
/// <param name="MediaType">Of its manifest.</param>
/// <param name="Manifest">JSON, as it was pushed.</param>
/// <param name="Pushed">Unix time in seconds.</param>
internal sealed record ImageRecord(string Digest, string MediaType, byte[] Manifest, long Pushed);
