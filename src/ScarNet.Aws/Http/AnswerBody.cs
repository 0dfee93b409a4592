using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime.Internal.Transform;

namespace ScarNet.Aws.Http;

/// <summary>What a service answered with success.</summary>
internal readonly ref struct AnswerBody(JsonUnmarshallerContext context)
{
    /// <summary>A header's value, null when it is missing.</summary>
    public string? Header(string name) =>
        context.ResponseData.IsHeaderPresent(name) ? context.ResponseData.GetHeaderValue(name) : null;

    public int Status => (int)context.ResponseData.StatusCode;

    /// <summary>The body as it is.</summary>
    public MemoryStream Bytes()
    {
        var bytes = new MemoryStream();
        context.Stream.CopyTo(bytes);
        bytes.Position = 0;
        return bytes;
    }

    /// <summary>The body read as JSON; an empty one is an empty answer.</summary>
    public T Json<T>(JsonTypeInfo<T> shape)
        where T : new()
    {
        var bytes = Bytes();
        return bytes.Length == 0 ? new T() : JsonSerializer.Deserialize(bytes, shape) ?? new T();
    }
}
