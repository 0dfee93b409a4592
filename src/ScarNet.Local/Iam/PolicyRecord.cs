namespace ScarNet.Local.Iam;

/// <summary>A managed policy as the engine keeps it.</summary>
/// <param name="Name">Without its path.</param>
/// <param name="Path">Begins and ends with '/'.</param>
/// <param name="Id">ANPA….</param>
/// <param name="Created">Unix time in seconds.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Default">Number of the version that counts.</param>
/// <param name="Document">JSON of that version.</param>
internal sealed record PolicyRecord(string Name, string Path, string Id, long Created, string Description, int Default, string Document);

/// <summary>A version of a managed policy.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Document">JSON.</param>
/// <param name="Created">Unix time in seconds.</param>
internal sealed record PolicyVersion(int Number, string Document, long Created);
