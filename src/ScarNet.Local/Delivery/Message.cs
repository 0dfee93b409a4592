using System.Text.Json.Nodes;

namespace ScarNet.Local.Delivery;

/// <summary>What is sent.</summary>
/// <param name="Body">Its text.</param>
internal sealed record Message(byte[] Body)
{
    /// <summary>Attributes of a queue's or topic's message: name → <c>DataType</c> with <c>StringValue</c> or <c>BinaryValue</c>. A function gets none.</summary>
    public JsonObject Attributes { get; init; } = [];

    /// <summary>Of a topic's message; null when it has none.</summary>
    public string? Subject { get; init; }
}
