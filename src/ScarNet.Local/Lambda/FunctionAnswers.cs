using System.Text.Json.Nodes;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>Functions as Lambda's answers show them.</summary>
internal static class FunctionAnswers
{
    public static JsonObject Configuration(FunctionRecord function)
    {
        var answer = new JsonObject
        {
            ["FunctionName"] = function.Name,
            ["FunctionArn"] = function.QualifiedArn,
            ["Runtime"] = NullIfEmpty(function.Runtime),
            ["Role"] = function.Role,
            ["Handler"] = NullIfEmpty(function.Handler),
            ["CodeSize"] = function.CodeBytes,
            ["Description"] = function.Description,
            ["Timeout"] = function.TimeoutSeconds,
            ["MemorySize"] = function.MemoryMiB,
            ["LastModified"] = Time(function.LastModified),
            ["CodeSha256"] = Digest(function),
            ["Version"] = function.Version,
            ["Environment"] = function.Environment.Count == 0 ? null : new JsonObject { ["Variables"] = JsonOutput.Map(function.Environment) },
            ["DeadLetterConfig"] = function.DeadLetterArn is null ? null : new JsonObject { ["TargetArn"] = function.DeadLetterArn },
            ["TracingConfig"] = new JsonObject { ["Mode"] = "PassThrough" },
            ["RevisionId"] = function.RevisionId,
            ["State"] = "Active",
            ["LastUpdateStatus"] = "Successful",
            ["PackageType"] = function.ImageUri is null ? "Zip" : "Image",
            ["ImageConfigResponse"] = Image(function.Image),
            ["Architectures"] = new JsonArray(function.Architecture),
            ["EphemeralStorage"] = new JsonObject { ["Size"] = function.EphemeralMiB },
            ["LoggingConfig"] = new JsonObject { ["LogFormat"] = "Text", ["LogGroup"] = function.LogGroup },
        };
        foreach (var (name, value) in function.Untouched)
        {
            answer[name] = JsonNode.Parse(value.GetRawText());
        }

        return JsonOutput.WithoutNulls(answer);
    }

    /// <summary>Its CodeSha256: of an image AWS shows hexadecimal digits, of a zip base64.</summary>
    public static string Digest(FunctionRecord function) =>
        function.ImageUri is null ? Convert.ToBase64String(Convert.FromHexString(function.CodeSha256)) : function.CodeSha256;

    public static JsonObject Alias(FunctionRecord function, string name, FunctionAlias alias) => new()
    {
        ["AliasArn"] = $"{function.Arn}:{name}",
        ["Name"] = name,
        ["FunctionVersion"] = alias.FunctionVersion,
        ["Description"] = alias.Description,
        ["RevisionId"] = alias.RevisionId,
    };

    public static JsonObject EventInvoke(FunctionRecord function, EventInvokeSettings settings) => JsonOutput.WithoutNulls(new JsonObject
    {
        ["LastModified"] = settings.LastModified.ToUnixTimeMilliseconds() / 1000.0,
        ["FunctionArn"] = $"{function.Arn}:{function.Qualifier ?? FunctionName.Latest}",
        ["MaximumRetryAttempts"] = settings.MaximumRetryAttempts,
        ["MaximumEventAgeInSeconds"] = settings.MaximumEventAgeSeconds,
        ["DestinationConfig"] = new JsonObject
        {
            ["OnSuccess"] = Destination(settings.OnSuccessArn),
            ["OnFailure"] = Destination(settings.OnFailureArn),
        },
    });

    private static string Time(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}+0000";

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static JsonObject Destination(string? arn) => arn is null ? [] : new JsonObject { ["Destination"] = arn };

    private static JsonObject? Image(ImageSettings image)
    {
        var settings = JsonOutput.WithoutNulls(new JsonObject
        {
            ["EntryPoint"] = image.EntryPoint is null ? null : JsonOutput.Texts(image.EntryPoint),
            ["Command"] = image.Command is null ? null : JsonOutput.Texts(image.Command),
            ["WorkingDirectory"] = image.WorkingDirectory,
        });
        return settings.Count == 0 ? null : new JsonObject { ["ImageConfig"] = settings };
    }
}
