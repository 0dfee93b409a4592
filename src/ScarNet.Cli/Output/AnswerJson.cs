using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScarNet.Cli.Output;

internal sealed record VersionAnswer(string Version);

/// <param name="State">running or stopped.</param>
/// <param name="Endpoint">Null when stopped.</param>
/// <param name="Pid">Null when stopped.</param>
/// <param name="Data">The data directory, absolute.</param>
/// <param name="Started">Whether this command started it.</param>
internal sealed record EngineAnswer(string State, string? Endpoint, int? Pid, string Data, bool? Started);

/// <summary>The answers of commands as <c>--output json</c> prints them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(VersionAnswer))]
[JsonSerializable(typeof(EngineAnswer))]
[JsonSerializable(typeof(ValidateAnswer))]
[JsonSerializable(typeof(ConvertAnswer))]
[JsonSerializable(typeof(DoctorAnswer))]
[JsonSerializable(typeof(TransferAnswer))]
[JsonSerializable(typeof(WaitAnswer))]
[JsonSerializable(typeof(TrialAnswer))]
[JsonSerializable(typeof(PlanAnswer))]
[JsonSerializable(typeof(ListAnswer))]
[JsonSerializable(typeof(IamAnswer))]
[JsonSerializable(typeof(BootstrapAnswer))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(LogAnswer))]
[JsonSerializable(typeof(InvokeAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    private static AnswerJson? shapes;

    /// <summary>The shapes to use: a '+' or a quote in a key stays readable.</summary>
    public static AnswerJson Shapes =>
        shapes ??= new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
