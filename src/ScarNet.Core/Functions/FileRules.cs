using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What the files that are deployed with one function must be.</summary>
internal static class FileRules
{
    private const string Own = ".scarnet";

    public static IEnumerable<Problem> Check(F function)
    {
        for (var i = 0; i < function.Files.Count; i++)
        {
            var path = function.Files[i].Path;
            var place = function.PlaceOf($"{nameof(F.Files)}.{i}");
            if (!InputRules.IsInside(path))
            {
                yield return new Problem(
                    place,
                    $"file '{path}' of function '{function.Name}' would not be inside the workspace",
                    "say where it goes: 'files: {data/model.bin: ../models/model.bin}'");
            }
            else if (path == Own || path.StartsWith(Own + "/", StringComparison.Ordinal))
            {
                yield return new Problem(place, $"file '{path}' of function '{function.Name}' is where ScarNet keeps its own", "another path would do");
            }
            else if (function.Files.Take(i).Any(other => other.Path == path))
            {
                yield return new Problem(place, $"file '{path}' of function '{function.Name}' stands there twice", "keep one of the two");
            }
        }
    }
}
