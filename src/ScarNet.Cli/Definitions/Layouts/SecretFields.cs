using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary><c>secrets</c>: a block of names, each with where its value is kept.</summary>
internal static class SecretFields
{
    private const string Example = "for example '{DB_PASSWORD: secretsmanager:prod/db, API_TOKEN: /prod/token}', or the ARN of either";

    private static readonly Kind<IReadOnlyDictionary<string, SecretReference>> References = new("secrets", Read);

    public static Field<FunctionDefinition> Field { get; } = WithPlaces(OwnFields.Of(
        "secrets", References, nameof(FunctionDefinition.Secrets), (f, v) => f with { Secrets = v }));

    private static Field<FunctionDefinition> WithPlaces(Field<FunctionDefinition> field) => field with
    {
        Apply = (reading, entry, path, model) =>
        {
            foreach (var secret in (entry.Value as YamlMap)?.Entries ?? [])
            {
                reading.Places[$"{nameof(FunctionDefinition.Secrets)}.{secret.Name}"] = secret.Place;
            }

            return field.Apply(reading, entry, path, model);
        },
    };

    private static bool Read(Reading reading, YamlNode node, string field, out IReadOnlyDictionary<string, SecretReference> value)
    {
        var secrets = new Dictionary<string, SecretReference>();
        value = secrets;
        if (node is not YamlMap map)
        {
            reading.WrongType(node, field, "a block of NAME: SECRET", Example);
            return false;
        }

        foreach (var entry in map.Entries)
        {
            if (Of(reading, entry.Value, $"{field}.{entry.Name}") is { } reference)
            {
                secrets[entry.Name] = reference;
            }
        }

        return secrets.Count == map.Entries.Count;
    }

    private static SecretReference? Of(Reading reading, YamlNode node, string field) => node switch
    {
        YamlText text => Reference(reading, text, field),
        YamlMap map => WithKey(reading, map, field),
        _ => Wrong(reading, node, field),
    };

    private static SecretReference? WithKey(Reading reading, YamlMap map, string field)
    {
        if (map.Entries.FirstOrDefault(entry => entry.Name is not ("from" or "kms_key")) is { } stray)
        {
            reading.Error(stray.Place, $"unknown key '{stray.Name}' in '{field}' of {reading.Owner}", "'from' and 'kms_key' are known");
            return null;
        }

        if (map.Find("from")?.Value is not YamlText from || (map.Find("kms_key") is { } key && key.Value is not YamlText { Text.Length: > 0 }))
        {
            return Wrong(reading, map, field);
        }

        return Reference(reading, from, field) is { } reference ? reference with { KmsKey = (map.Find("kms_key")?.Value as YamlText)?.Text } : null;
    }

    private static SecretReference? Reference(Reading reading, YamlText text, string field)
    {
        if (SecretReference.Parse(text.Text) is { } reference)
        {
            return reference;
        }

        reading.Error(text.Place, $"'{field}' of {reading.Owner} names no secret: '{text.Text}'", Example);
        return null;
    }

    private static SecretReference? Wrong(Reading reading, YamlNode node, string field)
    {
        reading.WrongType(node, field, "where the secret is kept", "an ARN or a name, or '{from: …, kms_key: …}' of one that is encrypted with a key of yours");
        return null;
    }
}
