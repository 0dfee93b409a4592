namespace ScarNet.Core.Tasks;

/// <summary>One input of a CWL tool.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="IsList">Whether it takes several.</param>
/// <param name="IsOptional">Whether the tool runs without it: it has a default, or may be null.</param>
public sealed record CwlInput(string Name, CwlInputKind Kind, bool IsList, bool IsOptional);

/// <summary>What an input of a CWL tool takes.</summary>
public enum CwlInputKind
{
    /// <summary>A number, a text, a record, …: nothing that a run of a function has.</summary>
    Value,
    File,
    Directory,
}
