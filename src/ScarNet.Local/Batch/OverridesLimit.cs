using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScarNet.Local.Batch;

/// <summary>
/// ECS takes at most 8,192 characters of overrides, JSON syntax included, and Batch notices only when it starts the task: SubmitJob
/// has succeeded by then. Source: docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
/// </summary>
internal static class OverridesLimit
{
    public const int MaxCharacters = 8192;
    public const string Message = "Container Overrides length must be at most 8192";

    private static readonly JsonSerializerOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Length of the overrides that Batch would hand to ECS.</summary>
    /// <param name="command">The command when it is another than the job definition's: overridden, or with parameters put in.</param>
    /// <param name="environment">Overridden variables and those that Batch adds.</param>
    public static int Length(IReadOnlyList<string>? command, IReadOnlyDictionary<string, string> environment)
    {
        var container = new JsonObject
        {
            ["name"] = "default",
            ["environment"] = new JsonArray(
                [.. environment.Select(variable => new JsonObject { ["name"] = variable.Key, ["value"] = variable.Value })]),
        };
        if (command is not null)
        {
            container["command"] = new JsonArray([.. command.Select(argument => (JsonNode)argument)]);
        }

        return new JsonObject { ["containerOverrides"] = new JsonArray(container) }.ToJsonString(AsIs).Length;
    }
}
