using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What the commands of one function must be: their <c>{{ names }}</c> known and where a word can stand.</summary>
internal static class CommandRules
{
    public static IEnumerable<Problem> Check(F function)
    {
        var name = $"function '{function.Name}'";
        if (function.Shell.Count > 0 && function.Script is { Path: not null })
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.Shell)), $"'shell' of {name} is for 'command' and 'commands'", "the first line of a script says what runs it");
        }

        if (function.Shell.Any(word => word.Length == 0 || word.Contains('\0', StringComparison.Ordinal)))
        {
            yield return new Problem(function.PlaceOf(nameof(F.Shell)), $"'shell' of {name} holds an empty word", "for example 'bash', or [zsh, -e]");
        }

        var commands = function.Script?.Commands ?? (function.Script?.Command is { } line ? [line] : []);
        for (var i = 0; i < commands.Count; i++)
        {
            var place = function.PlaceOf($"{nameof(F.Script)}.{i}");
            foreach (var (message, hint) in Flaws(commands[i], function))
            {
                yield return new Problem(place, $"{message} of {name}", hint);
            }
        }
    }

    private static IEnumerable<(string Message, string? Hint)> Flaws(string command, F function)
    {
        var template = CommandTemplate.Of(command);
        if (!CommandShell.IsPosix(function.Shell))
        {
            return template.Names.Take(1).Select(name => (
                $"'{{{{ {name} }}}}' in a command", (string?)$"its shell '{function.Shell[0]}' quotes in its own way: read the environment instead"));
        }

        return
        [
            .. template.Names.Distinct().Where(name => !IsKnown(name, function))
                .Select(name => name.Split('.', 2) is ["parameters", var parameter]
                    ? ($"unknown parameter '{parameter}' in a command", ParameterRules.Hint(parameter, function))
                    : ($"unknown name '{{{{ {name} }}}}' in a command", (string?)Hint(name, function))),
            .. template.Flaws.Select(flaw => ($"'{{{{ {flaw.Name} }}}}' in a command", (string?)$"it {flaw.Flaw}")),
        ];
    }

    private static bool IsKnown(string name, F function) => name.Split('.', 2) switch
    {
        [var plain] => CommandTemplate.PlainNames.Contains(plain),
        ["inputs", var input] => function.Inputs.Any(rule => rule.Name == input),
        ["references", var reference] => function.References.Any(rule => rule.Name == reference),
        ["parameters", var parameter] => function.Parameters.ContainsKey(parameter),
        ["env" or "data", { Length: > 0 }] => true,
        _ => false,
    };

    private static string Hint(string name, F function)
    {
        var named = function.Inputs.Where(rule => rule.Name is not null).Select(rule => $"inputs.{rule.Name}")
            .Concat(function.References.Where(rule => rule.Name is not null).Select(rule => $"references.{rule.Name}"));
        string[] known = [.. CommandTemplate.PlainNames, .. named];
        var near = known.FirstOrDefault(other => other.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(other, StringComparison.OrdinalIgnoreCase));
        return near is not null
            ? $"did you mean '{{{{ {near} }}}}'?"
            : $"there are {string.Join(", ", known)}, env.NAME and data.NAME; ${{name}} is left to the shell";
    }
}
