using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ScarNet.Core.Patterns;

namespace ScarNet.Core.Functions;

/// <summary>
/// The event pattern that takes what triggers take. A prefix with a suffix is a wildcard, which unlike a pair of filters wants them side by
/// side: keys in which they overlap (<c>a.</c> and <c>.txt</c> in <c>a.txt</c>) are named each. Source of S3's events:
/// docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
/// </summary>
public static class TriggerPattern
{
    public const string Source = "aws.s3";
    public const string ObjectCreated = "Object Created";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="triggers">At least one. What they take is taken once, however often they take it.</param>
    public static string Of(IReadOnlyList<Trigger> triggers)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            Value(json, "source", Source);
            Value(json, "detail-type", ObjectCreated);
            json.WriteStartObject("detail");
            Buckets(json, [.. triggers.GroupBy(trigger => trigger.Bucket)]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Filters that together take every key of a bucket which a pattern takes, and perhaps more.</summary>
    /// <param name="pattern">Anybody's.</param>
    /// <param name="bucket">The bucket.</param>
    /// <returns>None when the pattern takes no created object of it, or is none.</returns>
    public static IReadOnlyList<KeyFilter> FiltersOf(string pattern, string bucket)
    {
        if (!MayTake(pattern, bucket))
        {
            return [];
        }

        using var document = JsonDocument.Parse(pattern);
        var branches = !document.RootElement.TryGetProperty("detail", out var detail) ? [default]
            : detail.TryGetProperty("$or", out var either) ? either.EnumerateArray()
            : (IEnumerable<JsonElement>)[detail];
        return [.. branches.Where(branch => Names(branch, bucket)).SelectMany(Keys).Distinct()];
    }

    /// <summary>Buckets that a pattern of <see cref="Of"/> names.</summary>
    public static IReadOnlyList<string> BucketsOf(string pattern)
    {
        using var document = JsonDocument.Parse(pattern);
        var detail = document.RootElement.TryGetProperty("detail", out var given) ? given : default;
        var branches = detail.ValueKind == JsonValueKind.Object && detail.TryGetProperty("$or", out var either) ? either.EnumerateArray() : (IEnumerable<JsonElement>)[detail];
        return
        [
            .. from branch in branches
               where branch.ValueKind == JsonValueKind.Object
               from member in branch.EnumerateObject()
               where member.Name == "bucket" && member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("name", out _)
               from name in member.Value.GetProperty("name").EnumerateArray()
               where name.ValueKind == JsonValueKind.String
               select name.GetString()!,
        ];
    }

    /// <summary>Whether a pattern could take an object that is created in a bucket.</summary>
    public static bool MayTake(string pattern, string bucket) =>
        MayMatch(pattern, $$"""{ "source": "{{Source}}", "detail-type": "{{ObjectCreated}}", "detail": {{Detail(bucket)}} }""");

    /// <summary>Whether a pattern could take anything that a bucket tells: also what is deleted, tagged or restored there.</summary>
    /// <param name="pattern">Anybody's; null is that of a schedule, which takes nothing.</param>
    /// <param name="bucket">The bucket.</param>
    public static bool MayHear(string? pattern, string bucket) =>
        pattern is not null && MayMatch(pattern, $$"""{ "source": "{{Source}}", "detail": {{Detail(bucket)}} }""");

    private static string Detail(string bucket) => $$"""{ "bucket": { "name": "{{JsonEncodedText.Encode(bucket)}}" } }""";

    private static bool MayMatch(string pattern, string known)
    {
        using var document = JsonDocument.Parse(known);
        try
        {
            return EventPattern.Parse(pattern).MayMatch(document.RootElement);
        }
        catch (FormatException)
        {
            return MayBeOfS3(pattern);
        }
    }

    // AWS has operators that nobody here has heard of: who asks is told of every pattern that may be about S3.
    private static bool MayBeOfS3(string pattern)
    {
        try
        {
            using var document = JsonDocument.Parse(pattern);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.EnumerateObject().Any()
                && (!root.TryGetProperty("source", out var sources) || sources.ValueKind != JsonValueKind.Array
                    || sources.EnumerateArray().Any(source => source.ValueKind != JsonValueKind.String || source.GetString() == Source));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Buckets(Utf8JsonWriter json, IReadOnlyList<IGrouping<string, Trigger>> buckets)
    {
        if (buckets is [var only])
        {
            Bucket(json, only);
            return;
        }

        json.WriteStartArray("$or");
        foreach (var bucket in buckets)
        {
            json.WriteStartObject();
            Bucket(json, bucket);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Bucket(Utf8JsonWriter json, IGrouping<string, Trigger> triggers)
    {
        json.WriteStartObject("bucket");
        Value(json, "name", triggers.Key);
        json.WriteEndObject();
        var filters = triggers.SelectMany(trigger => trigger.Filters).Distinct().ToList();
        if (filters.Contains(new KeyFilter("", "")))
        {
            return;
        }

        json.WriteStartObject("object");
        json.WriteStartArray("key");
        foreach (var (name, text) in filters.SelectMany(Matchers).Distinct())
        {
            Matcher(json, name, text);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <returns>Kind of comparison, empty for the text itself, and what it compares with.</returns>
    private static IEnumerable<(string Name, string Text)> Matchers(KeyFilter filter)
    {
        var (prefix, suffix) = (filter.Prefix, filter.Suffix);
        if (prefix.Length == 0 || suffix.Length == 0)
        {
            yield return prefix.Length > 0 ? ("prefix", prefix) : ("suffix", suffix);
            yield break;
        }

        yield return ("wildcard", $"{Wildcard.Escape(prefix)}*{Wildcard.Escape(suffix)}");
        for (var shared = 1; shared <= Math.Min(prefix.Length, suffix.Length); shared++)
        {
            if (string.CompareOrdinal(prefix, prefix.Length - shared, suffix, 0, shared) == 0)
            {
                yield return ("", prefix + suffix[shared..]);
            }
        }
    }

    private static void Matcher(Utf8JsonWriter json, string name, string text)
    {
        if (name.Length == 0)
        {
            json.WriteStringValue(text);
            return;
        }

        json.WriteStartObject();
        json.WriteString(name, text);
        json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartArray(name);
        json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static bool Names(JsonElement detail, string bucket) =>
        detail.ValueKind != JsonValueKind.Object || MayTake($$"""{ "detail": {{detail.GetRawText()}} }""", bucket);

    private static IEnumerable<KeyFilter> Keys(JsonElement detail) =>
        detail.ValueKind == JsonValueKind.Object && detail.TryGetProperty("object", out var entity) && entity.ValueKind == JsonValueKind.Object
        && entity.TryGetProperty("key", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? keys.EnumerateArray().Select(Filter)
            : [new KeyFilter("", "")];

    private static KeyFilter Filter(JsonElement matcher)
    {
        if (matcher.ValueKind == JsonValueKind.String)
        {
            return new(matcher.GetString()!, "");
        }

        return matcher.ValueKind == JsonValueKind.Object && matcher.EnumerateObject().ToList() is [{ Value.ValueKind: JsonValueKind.String } only]
            ? only.Name switch
            {
                "prefix" => new(only.Value.GetString()!, ""),
                "suffix" => new("", only.Value.GetString()!),
                "wildcard" => Wildcard.Parse(only.Value.GetString()!) is var text ? new(text.Begin, text.End) : default,
                _ => new("", ""),
            }
            : new("", "");
    }
}
