using ScarNet.Core.Tasks;
using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What a function must be that runs a CWL tool: each of the tool's inputs has a value, and cwltool can start it.</summary>
internal static class CwlRules
{
    private static readonly IReadOnlyList<(string Member, string Field, string Hint)> OfTheTool =
    [
        (nameof(F.Arguments), "c_args", "the tool has 'arguments' of its own"),
        (nameof(F.StartDirectory), "workdir", "cwltool gives the tool a directory of its own"),
        (nameof(F.References), "references", "the tool's inputs come from 'inputs', by name"),
    ];

    public static IEnumerable<Problem> Check(F function)
    {
        if (function.Script?.Cwl is not { } tool)
        {
            yield break;
        }

        var name = $"function '{function.Name}'";
        foreach (var (member, field, hint) in OfTheTool.Where(entry => function.IsGiven(entry.Member)))
        {
            yield return new Problem(function.PlaceOf(member), $"'{field}' of {name} has no meaning beside 'cwl'", hint);
        }

        if (tool.NeedsDocker && function.Image is { } image)
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.Image)),
                $"the tool of {name} requires a container of its own, and there is no Docker in image '{image}'",
                "move its DockerRequirement to 'hints' and take an image that has both cwltool and the tool, or leave 'image' out");
        }

        foreach (var (message, hint, member) in Inputs(function, tool))
        {
            yield return new Problem(function.PlaceOf(member), $"{message} of {name}", hint);
        }
    }

    private static IEnumerable<(string Message, string Hint, string Member)> Inputs(F function, CwlTool tool)
    {
        var given = function.Inputs.Select(rule => rule.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var (i, rule) in function.Inputs.Index())
        {
            if (tool.Inputs.FirstOrDefault(input => input.Name == rule.Name) is not { Kind: not CwlInputKind.Value })
            {
                yield return (
                    $"input '{rule.Name ?? rule.Url}' is no file or directory that the tool takes, in 'inputs'",
                    "inputs are named as the tool names them: 'inputs: {reference: s3://…}'",
                    $"{nameof(F.Inputs)}.{i}");
            }
        }

        var first = tool.ObjectInput(given);
        if (function.Triggers.Count > 0 && first is null)
        {
            yield return ("no input takes the object that starts the tool", "call one 'input_file', of type File", nameof(F.Script));
        }

        foreach (var input in tool.Inputs.Where(input => !input.IsOptional && input != first && !given.Contains(input.Name)))
        {
            yield return (
                $"the input '{input.Name}' has no value in the tool",
                input.Kind == CwlInputKind.Value ? "give it a default in the tool" : $"say where it comes from: 'inputs: {{{input.Name}: s3://…}}'",
                nameof(F.Script));
        }
    }
}
