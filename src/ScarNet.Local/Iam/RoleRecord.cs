namespace ScarNet.Local.Iam;

/// <summary>A role as the engine keeps it.</summary>
/// <param name="Name">As it was made; names differ by more than case.</param>
/// <param name="Path">Begins and ends with '/'.</param>
/// <param name="Id">AROA….</param>
/// <param name="Trust">JSON, as it was given.</param>
/// <param name="Created">Unix time in seconds.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Tags">By name.</param>
internal sealed record RoleRecord(
    string Name, string Path, string Id, string Trust, long Created, string Description, IReadOnlyDictionary<string, string> Tags);
