using System.Diagnostics.CodeAnalysis;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;
using static ScarNet.Cli.Definitions.Values.Kinds;
using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>Commands in place of a script, and how they and scripts are started.</summary>
internal static class CommandFields
{
    private static readonly Kind<StartDirectory> Directory = OneOf(("workspace", StartDirectory.Workspace), ("image", StartDirectory.Image));

    private static readonly Kind<Compatibility> Compat = OneOf(("none", Compatibility.None), ("bayerclaw", Compatibility.BayerClaw));

    private static readonly Kind<IReadOnlyList<string>> Shell = new("shell", ReadShell);

    public static IReadOnlyList<Field<F>> All { get; } =
    [
        ItemPlaces.Of(OwnFields.Of("command", Text, nameof(F.Script), (f, v) => f with { Script = ScriptSource.Line(v) }), nameof(F.Script)),
        ItemPlaces.Of(OwnFields.Of("commands", Lists.Texts, nameof(F.Script), (f, v) => f with { Script = ScriptSource.Lines(v) }), nameof(F.Script)),
        OwnFields.Of("shell", Shell, nameof(F.Shell), (f, v) => f with { Shell = v }),
        OwnFields.Of("workdir", Directory, nameof(F.StartDirectory), (f, v) => f with { StartDirectory = v }),
        OwnFields.Of("compat", Compat, nameof(F.Compatibility), (f, v) => f with { Compatibility = v }),
    ];

    private static bool ReadShell(Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out IReadOnlyList<string> value)
    {
        if (node is YamlText text)
        {
            if (CommandShell.Named.TryGetValue(text.Text, out value))
            {
                return true;
            }

            var names = CommandShell.Named.Keys;
            reading.WrongType(
                node,
                field,
                "one of " + string.Join(", ", names.Select(name => $"'{name}'")) + " or a list of words",
                DidYouMean.Hint(text.Text, names) ?? $"a shell of your own is a list: [{text.Text}, -e]");
            return false;
        }

        return Lists.Texts.TryRead(reading, node, field, out value);
    }
}
