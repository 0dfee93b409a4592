using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Events;

/// <summary>An event on its way over the bus.</summary>
/// <param name="Source">Such as <c>aws.s3</c>.</param>
/// <param name="DetailType">Such as <c>Object Created</c>.</param>
/// <param name="Resources">ARNs.</param>
/// <param name="Detail">What has happened.</param>
/// <param name="Time">When.</param>
internal sealed record BusEvent(string Source, string DetailType, IReadOnlyList<string> Resources, JsonObject Detail, DateTimeOffset Time)
{
    /// <summary>The document that rules are held against and targets get. Source: docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html</summary>
    public JsonDocument ToDocument(string region, string account) => JsonDocument.Parse(JsonOutput.Bytes(new JsonObject
    {
        ["version"] = "0",
        ["id"] = Id,
        ["detail-type"] = DetailType,
        ["source"] = Source,
        ["account"] = account,
        ["time"] = Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["region"] = region,
        ["resources"] = JsonOutput.Texts(Resources),
        ["detail"] = Detail.DeepClone(),
    }));

    public string Id { get; } = Guid.NewGuid().ToString();
}
