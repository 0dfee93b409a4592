using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>Reads functions' settings out of requests. A member that is missing leaves what is there.</summary>
internal static class FunctionInputs
{
    private static readonly string[] UntouchedMembers = ["KMSKeyArn", "TracingConfig", "SnapStart"];

    /// <summary>The settings that CreateFunction and UpdateFunctionConfiguration share.</summary>
    public static FunctionRecord Configure(FunctionRecord function, JsonInput input, DateTimeOffset now)
    {
        var zip = function.ImageUri is null;
        return function with
        {
            Role = input.Has("Role") ? FunctionRules.Role(input.Text("Role")) : function.Role,
            Description = input.Text("Description") ?? function.Description,
            Handler = zip && input.Has("Handler") ? FunctionRules.Handler(input.Text("Handler")) : function.Handler,
            Runtime = zip && input.Has("Runtime") ? FunctionRules.Runtime(input.Text("Runtime")) : function.Runtime,
            MemoryMiB = input.Number("MemorySize") is { } memory ? FunctionRules.Memory(memory) : function.MemoryMiB,
            TimeoutSeconds = input.Number("Timeout") is { } timeout ? FunctionRules.Timeout(timeout) : function.TimeoutSeconds,
            EphemeralMiB = input.Object("EphemeralStorage")?.Number("Size") is { } size ? FunctionRules.Ephemeral(size) : function.EphemeralMiB,
            Environment = input.Object("Environment") is { } environment
                ? FunctionRules.Environment(environment.Map("Variables") ?? new Dictionary<string, string>())
                : function.Environment,
            DeadLetterArn = input.Object("DeadLetterConfig") is { } deadLetter
                ? FunctionRules.TargetArn(deadLetter.Text("TargetArn"))
                : function.DeadLetterArn,
            CustomLogGroup = input.Object("LoggingConfig")?.Text("LogGroup") ?? function.CustomLogGroup,
            Image = input.Object("ImageConfig") is { } image
                ? new ImageSettings(image.Texts("EntryPoint"), image.Texts("Command"), image.Text("WorkingDirectory"))
                : function.Image,
            Untouched = Untouched(function.Untouched, input, !zip),
            LastModified = now,
            DeploymentId = Guid.NewGuid().ToString(),
        };
    }

    public static string Architecture(JsonInput input, string present) => input.Texts("Architectures") switch
    {
        null => present,
        ["x86_64"] => "x86_64",
        ["arm64"] => "arm64",
        _ => throw LambdaFault.Invalid("Architectures must be one of [x86_64] and [arm64]"),
    };

    public static FunctionRecord WithImage(FunctionRecord function, string imageUri) => function with
    {
        ImageUri = imageUri,
        CodeSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(imageUri))),
        CodeBytes = 0,
    };

    private static Dictionary<string, JsonElement> Untouched(IReadOnlyDictionary<string, JsonElement> present, JsonInput input, bool isImage)
    {
        var all = new Dictionary<string, JsonElement>(present, StringComparer.Ordinal);
        foreach (var member in UntouchedMembers.Where(input.Has))
        {
            all[member] = input.Element.GetProperty(member).Clone();
        }

        return AccountInputs.Keep(all, input, isImage);
    }
}
