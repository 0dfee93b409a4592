using System.Text.Json.Nodes;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>What a runtime answered to one event.</summary>
/// <param name="Failed">Whether it reported an error.</param>
/// <param name="Body">The answer, or the error.</param>
public sealed record RuntimeAnswer(bool Failed, JsonNode Body)
{
    public string Status => (string?)Body["status"] ?? "failed";

    public string Error => (string?)Body["errorMessage"] ?? "";

    public JsonNode Result(int index) => Body["results"]![index]!;
}
