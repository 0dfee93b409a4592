namespace ScarNet.Local.Delivery;

/// <summary>What is sent.</summary>
/// <param name="Body">Its text.</param>
internal sealed record Message(byte[] Body)
{
    /// <summary>Attributes of a queue's or topic's message, all of them texts. A function gets none.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
