using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Sqs;

/// <summary>A message of a queue.</summary>
/// <param name="Row">Its number.</param>
/// <param name="Id">Its id.</param>
/// <param name="Body">Its text.</param>
/// <param name="Attributes">Its message attributes: name → <c>DataType</c> with <c>StringValue</c> or <c>BinaryValue</c>.</param>
/// <param name="SentMs">When it was sent.</param>
/// <param name="Received">How often it was received, this time included.</param>
/// <param name="FirstReceivedMs">When it was received first.</param>
/// <param name="Receipt">What deletes it.</param>
internal sealed record QueueMessage(
    long Row, string Id, string Body, JsonObject Attributes, long SentMs, int Received, long FirstReceivedMs, string Receipt)
{
    private const byte TextKind = 1;
    private const byte BytesKind = 2;

    /// <summary>MD5 is what SQS and its clients compare by; it protects nothing.</summary>
#pragma warning disable CA5351 // see above
    public static string Md5(string body) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));

    /// <summary>Source: docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html; null when there are none.</summary>
    public static string? Md5(JsonObject attributes)
    {
        if (attributes.Count == 0)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        foreach (var (name, value) in attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            Add(buffer, Encoding.UTF8.GetBytes(name));
            Add(buffer, Encoding.UTF8.GetBytes(value!["DataType"]!.GetValue<string>()));
            var text = value["StringValue"]?.GetValue<string>();
            buffer.WriteByte(text is null ? BytesKind : TextKind);
            Add(buffer, text is null ? Convert.FromBase64String(value["BinaryValue"]!.GetValue<string>()) : Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToHexStringLower(MD5.HashData(buffer.ToArray()));
    }
#pragma warning restore CA5351

    /// <summary>Attributes that are all texts.</summary>
    public static JsonObject Texts(IReadOnlyDictionary<string, string> values) => new(values.Select(value => KeyValuePair.Create(
        value.Key, (JsonNode?)new JsonObject { ["DataType"] = "String", ["StringValue"] = value.Value })));

    /// <exception cref="Http.ApiException">One has no type, or no value of it.</exception>
    public static JsonObject Checked(JsonInput? given)
    {
        var attributes = new JsonObject();
        foreach (var member in given?.Element.EnumerateObject() ?? default)
        {
            var value = new JsonInput(member.Value.ValueKind == JsonValueKind.Object ? member.Value : default);
            var type = member.Value.ValueKind == JsonValueKind.Object ? value.Text("DataType") : null;
            var (text, bytes) = type is null ? (null, null) : (value.Text("StringValue"), value.Bytes("BinaryValue"));
            var fits = type?.Split('.')[0] switch { "String" or "Number" => text is { Length: > 0 }, "Binary" => bytes is not null, _ => false };
            attributes[member.Name] = fits
                ? JsonOutput.WithoutNulls(new JsonObject { ["DataType"] = type, ["StringValue"] = text, ["BinaryValue"] = bytes is null ? null : Convert.ToBase64String(bytes) })
                : throw SqsFault.Value($"The message attribute '{member.Name}' must contain a non-empty message attribute type and a value of it.");
        }

        return attributes;
    }

    private static void Add(MemoryStream buffer, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        buffer.Write(length);
        buffer.Write(bytes);
    }
}
