using ScarNet.Core.Functions;

namespace ScarNet.Core.Tasks;

/// <summary>
/// Wildcards in a path of a task: <c>*</c>, <c>?</c> and <c>[…]</c> inside one name, in any of its names; a leading dot must be written.
/// Source: POSIX.1-2017, Shell Command Language, 2.13
/// </summary>
public static class PathPattern
{
    public static bool HasWildcards(string path) => path.Split('/').Any(name => !Name(name).IsLiteral);

    /// <summary>Whether one name of a pattern takes one name of a path.</summary>
    public static bool Takes(string pattern, string name) =>
        (!name.StartsWith('.') || pattern.StartsWith('.')) && Name(pattern).Matches(name);

    /// <summary>The directory above the first name with a wildcard.</summary>
    public static string FixedDirectory(string path)
    {
        var names = path.Split('/');
        var literal = names.TakeWhile(name => Name(name).IsLiteral).Count();
        return ContainerPath.Root + string.Join('/', names[1..Math.Max(1, Math.Min(literal, names.Length - 1))]);
    }

    // Two stars are one here.
    private static Glob Name(string name)
    {
        while (name.Contains("**", StringComparison.Ordinal))
        {
            name = name.Replace("**", "*", StringComparison.Ordinal);
        }

        return Glob.Of(name);
    }
}
