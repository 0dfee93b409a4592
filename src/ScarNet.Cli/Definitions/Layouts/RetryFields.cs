using System.Globalization;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary><c>retries</c>: a number, or a block that goes by the exit code of a job.</summary>
internal static class RetryFields
{
    private const string Retries = nameof(FunctionDefinition.Retries);
    private const string Rules = nameof(FunctionDefinition.RetryRules);

    private static readonly Kind<bool> Again = Kinds.OneOf(("retry", true), ("exit", false));

    private static readonly Kind<IReadOnlyDictionary<int, bool>> ByExitCode = new("exit code: 'retry' or 'exit'", ReadRules);

    private static readonly FieldBlock<FunctionDefinition> Block = new(
        [
            Field.Of<FunctionDefinition, int>("attempts", Kinds.Whole, Retries, (f, v) => f with { Retries = v - 1 }),
            Field.Of<FunctionDefinition, IReadOnlyDictionary<int, bool>>("on_exit", ByExitCode, Rules, (f, v) => f with { RetryRules = new(v, f.RetryRules?.Otherwise ?? false) }),
            Field.Of<FunctionDefinition, bool>("otherwise", Again, Rules, (f, v) => f with { RetryRules = new(f.RetryRules?.OnExit ?? new Dictionary<int, bool>(), v) }),
        ]);

    public static Field<FunctionDefinition> Either { get; } = new(
        "retries",
        "whole number",
        true,
        [.. Block.Entries()],
        (reading, entry, path, function) =>
        {
            reading.Places[Retries] = entry.Value.Place;
            function = function with { RetryRules = null };
            return entry.Value is YamlMap
                ? Block.TryRead(reading, entry.Value, path, function with { Retries = null }, out var result) ? result : function
                : Kinds.Whole.TryRead(reading, entry.Value, path, out var retries) ? function with { Retries = retries } : function;
        });

    private static bool ReadRules(Reading reading, YamlNode node, string field, out IReadOnlyDictionary<int, bool> value)
    {
        var rules = new Dictionary<int, bool>();
        value = rules;
        if (node is not YamlMap map)
        {
            reading.WrongType(node, field, "a block of exit codes", "for example '{1: exit, 137: retry}'");
            return false;
        }

        var good = true;
        foreach (var entry in map.Entries)
        {
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                reading.Error(
                    entry.Place,
                    $"'{entry.Name}' in '{field}' of {reading.Owner} is no exit code",
                    "a number from 1 to 255: patterns would take what they do not mean, '19*' also 19");
                good = false;
            }
            else if (Again.TryRead(reading, entry.Value, $"{field}.{entry.Name}", out var again))
            {
                rules[code] = again;
            }
            else
            {
                good = false;
            }
        }

        return good;
    }
}
