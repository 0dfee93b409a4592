using System.Diagnostics.CodeAnalysis;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Definitions.Values;

/// <summary>A kind of value that a field can have.</summary>
/// <param name="Name">What docs/function-file.md calls it.</param>
/// <param name="TryRead">Reads it, or reports what is wrong with it.</param>
internal sealed record Kind<T>(string Name, KindReader<T> TryRead);

/// <param name="reading">Takes the problem when the value is wrong.</param>
/// <param name="node">The value; never null in YAML's sense.</param>
/// <param name="field">Dotted path of the field, for messages.</param>
/// <param name="value">What it means.</param>
internal delegate bool KindReader<T>(Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out T value);
