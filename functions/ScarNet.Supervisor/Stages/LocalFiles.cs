using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Stages;

/// <summary>Inputs that are in the workspace already.</summary>
internal static class LocalFiles
{
    /// <returns>Absolute paths, sorted.</returns>
    /// <exception cref="RunFailure">A required one is not there.</exception>
    public static IReadOnlyList<string> Find(ResolvedInput input, Workspace place)
    {
        if (input.Pattern is not { } pattern)
        {
            return [];
        }

        if (pattern.IsLiteral)
        {
            var path = Path.GetFullPath(Path.Combine(place.Root, pattern.LiteralPrefix));
            var isThere = path.StartsWith(place.Root + "/", StringComparison.Ordinal)
                && (Directory.Exists(path) || FileKinds.Look(path).Kind == FileKinds.Kind.Regular);
            return isThere ? [path] : Missing(input);
        }

        var found = Directory.EnumerateFiles(place.Root, "*", SearchOption.AllDirectories)
            .Where(file => pattern.Matches(Path.GetRelativePath(place.Root, file)))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return found.Length > 0 ? found : Missing(input);
    }

    private static string[] Missing(ResolvedInput input) => input.Rule.Optional
        ? []
        : throw new RunFailure(ExitCodes.InputMissing, $"there is no '{input.Rule.Url}' in the workspace");
}
