using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Definitions.Fields;

/// <summary>One key that a block of a function file may have.</summary>
/// <param name="Name">The key.</param>
/// <param name="Type">Name of the kind of its value; <c>block</c> has fields of its own.</param>
/// <param name="Acts">False when it is read, checked and kept, but nothing acts on it yet.</param>
/// <param name="Inner">The fields below it, each by its path from here.</param>
/// <param name="Apply">Puts its value into the model.</param>
internal sealed record Field<T>(string Name, string Type, bool Acts, IReadOnlyList<FieldEntry> Inner, FieldApply<T> Apply);

/// <param name="reading">Takes problems and places.</param>
/// <param name="entry">The key and its value, which is not null in YAML's sense.</param>
/// <param name="path">Dotted path of the field.</param>
/// <param name="model">What it is put into.</param>
internal delegate T FieldApply<T>(Reading reading, YamlEntry entry, string path, T model);

/// <summary>A field as the documents list it.</summary>
internal sealed record FieldEntry(string Path, string Type, bool Acts);

/// <summary>Makes fields.</summary>
internal static class Field
{
    /// <summary>A field with one value.</summary>
    /// <param name="name">The key.</param>
    /// <param name="kind">What values it takes.</param>
    /// <param name="member">Path of the model's member it sets, for <see cref="Core.Functions.FunctionDefinition.Places"/>.</param>
    /// <param name="set">Sets it.</param>
    public static Field<T> Of<T, TValue>(string name, Kind<TValue> kind, string member, Func<T, TValue, T> set) =>
        new(name, kind.Name, true, [], (reading, entry, path, model) =>
        {
            reading.Places[member] = entry.Value.Place;
            return kind.TryRead(reading, entry.Value, path, out var value) ? set(model, value) : model;
        });

    /// <summary>A field of environment variables or tags, each of which leaves its own place.</summary>
    public static Field<T> OfVariables<T>(string name, string member, Func<T, IReadOnlyDictionary<string, string>, T> set)
    {
        var field = Of(name, Variables.Kind, member, set);
        return field with
        {
            Apply = (reading, entry, path, model) =>
            {
                foreach (var (variable, place) in Variables.PlacesIn(entry.Value))
                {
                    reading.Places[$"{member}.{variable}"] = place;
                }

                return field.Apply(reading, entry, path, model);
            },
        };
    }

    /// <summary>A field that is checked and kept, but that nothing acts on yet.</summary>
    public static Field<T> Unused<T, TValue>(string name, Kind<TValue> kind) =>
        new(name, kind.Name, false, [], (reading, entry, path, model) =>
        {
            if (kind.TryRead(reading, entry.Value, path, out _))
            {
                reading.KeepUnused(path, entry.Place, FlowText.Of(entry.Value));
            }

            return model;
        });

    /// <summary>A field that the model holds, but that nothing acts on yet.</summary>
    public static Field<T> NotActing<T>(Field<T> field) =>
        field with
        {
            Acts = false,
            Inner = [.. field.Inner.Select(inner => inner with { Acts = false })],
            Apply = (reading, entry, path, model) =>
            {
                reading.KeepUnused(path, entry.Place, FlowText.Of(entry.Value));
                return field.Apply(reading, entry, path, model);
            },
        };

    /// <summary>A block of fields that sets the same model.</summary>
    public static Field<T> Block<T>(string name, FieldBlock<T> block) => Block<T, T>(name, block, model => model, (_, _, inner) => inner);

    /// <summary>A block of fields.</summary>
    /// <param name="name">The key.</param>
    /// <param name="block">Its fields.</param>
    /// <param name="get">The part of the model that they set.</param>
    /// <param name="set">Puts that part back.</param>
    public static Field<T> Block<T, TInner>(
        string name, FieldBlock<TInner> block, Func<T, TInner> get, Func<Reading, T, TInner, T> set) =>
        new(name, "block", true, [.. block.Entries()], (reading, entry, path, model) =>
            block.TryRead(reading, entry.Value, path, get(model), out var inner) ? set(reading, model, inner) : model);
}
