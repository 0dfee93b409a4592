namespace ScarNet.Core.Functions;

/// <summary>A place in a file a person wrote: file as it was named, line and column from 1; line 0 is the file as a whole.</summary>
public sealed record Place(string File, int Line, int Column)
{
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
