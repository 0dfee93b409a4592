using System.Xml;
using System.Xml.Linq;
using ScarNet.Local.Http;

namespace ScarNet.Local.S3.Objects;

/// <summary>Tags of objects and buckets. Kept as in the x-amz-tagging header: form-encoded pairs.</summary>
internal static class Tags
{
    public const int MostOnObject = 10;
    public const int MostOnBucket = 50;

    /// <summary>From x-amz-tagging; null when there are none.</summary>
    /// <exception cref="ApiException">InvalidTag.</exception>
    public static string? OfHeader(string? header) =>
        string.IsNullOrEmpty(header) ? null : Format([.. QueryParameters.Parse(header)], MostOnObject);

    /// <summary>From a Tagging document; null when there are none.</summary>
    public static string? OfDocument(XElement tagging, int most)
    {
        var set = tagging.Children("TagSet").FirstOrDefault() ?? throw S3Errors.MalformedXml();
        return Format(
            [.. set.Children("Tag").Select(tag => KeyValuePair.Create(tag.Child("Key") ?? throw S3Errors.MalformedXml(), tag.Child("Value") ?? ""))],
            most);
    }

    public static int Count(string? tags) => tags is null ? 0 : tags.Count(c => c == '&') + 1;

    /// <summary>The content of a Tagging document.</summary>
    public static void Write(XmlWriter writer, string? tags) => writer.Element("TagSet", set =>
    {
        foreach (var (key, value) in QueryParameters.Parse(tags ?? ""))
        {
            set.Element("Tag", tag =>
            {
                tag.Element("Key", key);
                tag.Element("Value", value);
            });
        }
    });

    private static string? Format(List<KeyValuePair<string, string>> tags, int most)
    {
        if (tags.Count > most)
        {
            throw new ApiException(400, "BadRequest", $"Object tags cannot be greater than {most}");
        }

        if (tags.Select(t => t.Key).Distinct().Count() != tags.Count)
        {
            throw Invalid("Cannot provide multiple Tags with the same key");
        }

        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > 128)
            {
                throw Invalid("The TagKey you have provided is invalid");
            }

            if (value.Length > 256)
            {
                throw Invalid("The TagValue you have provided is invalid");
            }
        }

        return tags.Count == 0
            ? null
            : string.Join('&', tags.Select(t => $"{UriText.Encode(t.Key, keepSlash: false)}={UriText.Encode(t.Value, keepSlash: false)}"));
    }

    private static ApiException Invalid(string message) => new(400, "InvalidTag", message);
}
