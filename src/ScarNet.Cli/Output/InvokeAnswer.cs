using System.Text.Json;

namespace ScarNet.Cli.Output;

/// <param name="Succeeded">Whether the function ended well.</param>
/// <param name="Error">Handled or Unhandled when it did not.</param>
/// <param name="Payload">What it answered.</param>
/// <param name="Log">The last 4 KB of its log.</param>
internal sealed record InvokeAnswer(bool Succeeded, string? Error, JsonElement? Payload, string Log);
