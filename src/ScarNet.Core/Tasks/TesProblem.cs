namespace ScarNet.Core.Tasks;

/// <summary>Something wrong with a task file.</summary>
/// <param name="Path">Where, as <c>executors[0].image</c>; empty for the document itself.</param>
/// <param name="Message">What, and what would be right.</param>
public sealed record TesProblem(string Path, string Message)
{
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
