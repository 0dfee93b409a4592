using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Secrets;

/// <summary>Parameter Store of Systems Manager, as far as keeping and reading go: JSON 1.1, the operation in X-Amz-Target.</summary>
internal sealed class ParametersApi(SecretFiles files, AwsPlace place, TimeProvider clock)
{
    public const string SecureString = "SecureString";

    private const string TargetPrefix = "AmazonSSM.";
    private const int MostNames = 10;
    private const int LongestName = 1011;

    /// <summary>Of the advanced tier. Source: docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html</summary>
    private const int LongestValue = 8192;

    private static readonly string[] types = ["String", "StringList", SecureString];

    private readonly Lock gate = new();

    public async Task Handle(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var input = await JsonInput.Read(context);
        var answer = Answer(target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : target, input);
        await JsonOutput.Write(context, StatusCodes.Status200OK, answer, JsonOutput.Json11);
    }

    /// <summary>A parameter by name or ARN; null when there is none.</summary>
    public static JsonObject? Find(SecretFiles files, AwsPlace place, string id) => files.Find(SecretFiles.Parameter, Key(place, id));

    private JsonObject Answer(string operation, JsonInput input)
    {
        lock (gate)
        {
            return operation switch
            {
                "PutParameter" => Put(input),
                "GetParameter" => Get(input),
                "GetParameters" => GetSeveral(input),
                "DeleteParameter" => Delete(input),
                _ => throw new ApiException(400, "UnknownOperationException", $"The local engine has no Systems Manager operation '{operation}'."),
            };
        }
    }

    private JsonObject Put(JsonInput input)
    {
        var name = input.Text("Name") is { Length: > 0 and <= LongestName } given && given.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '.' or '-')
            ? given
            : throw SecretFault.Wrong("Parameter name: can't be prefixed with \"ssm\" (case-insensitive). It can consist of the letters a-z, digits and the symbols . - _ and /.");
        var old = files.Find(SecretFiles.Parameter, Key(place, name));
        if (old is not null && input.Flag("Overwrite") != true)
        {
            throw SecretFault.ParameterExists();
        }

        var type = input.Text("Type") ?? (string?)old?["Type"] ?? throw SecretFault.Wrong("A parameter type is required when you create a parameter.");
        if (!types.Contains(type) || input.Text("Value") is not { Length: > 0 and <= LongestValue } value)
        {
            throw SecretFault.Wrong($"Type must be one of {string.Join(", ", types)}, and Value have 1 to {LongestValue} characters");
        }

        var version = ((long?)old?["Version"] ?? 0) + 1;
        files.Put(SecretFiles.Parameter, Key(place, name), JsonOutput.WithoutNulls(new()
        {
            ["Name"] = name,
            ["Type"] = type,
            ["Value"] = value,
            ["KeyId"] = type == SecureString ? input.Text("KeyId") ?? (string?)old?["KeyId"] ?? "alias/aws/ssm" : null,
            ["Version"] = version,
            ["LastModifiedDate"] = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000d,
            ["ARN"] = place.Parameter(name),
            ["DataType"] = input.Text("DataType") ?? "text",
        }));
        return new() { ["Version"] = version, ["Tier"] = "Standard" };
    }

    private JsonObject Get(JsonInput input)
    {
        var name = input.Text("Name") ?? throw SecretFault.Wrong("Name is required");
        return new() { ["Parameter"] = Shown(Find(files, place, name) ?? throw SecretFault.NoParameter(name), input) };
    }

    private JsonObject GetSeveral(JsonInput input)
    {
        var names = input.Texts("Names") ?? [];
        if (names.Count is 0 or > MostNames)
        {
            throw SecretFault.Wrong($"Names must have 1 to {MostNames} items, got {names.Count}");
        }

        var found = names.Distinct().ToDictionary(name => name, name => Find(files, place, name));
        return new()
        {
            ["Parameters"] = JsonOutput.List(found.Values.OfType<JsonObject>().Select(parameter => Shown(parameter, input))),
            ["InvalidParameters"] = JsonOutput.Texts(found.Where(pair => pair.Value is null).Select(pair => pair.Key)),
        };
    }

    private JsonObject Delete(JsonInput input)
    {
        var name = input.Text("Name") ?? throw SecretFault.Wrong("Name is required");
        if (Find(files, place, name) is null)
        {
            throw SecretFault.NoParameter(name);
        }

        files.Delete(SecretFiles.Parameter, Key(place, name));
        return [];
    }

    private static JsonObject Shown(JsonObject parameter, JsonInput input)
    {
        var answer = (JsonObject)parameter.DeepClone();
        answer.Remove("KeyId");
        if ((string?)parameter["Type"] == SecureString && input.Flag("WithDecryption") != true)
        {
            answer["Value"] = "(encrypted: ask with WithDecryption)";
        }

        return answer;
    }

    // 'a' and '/a' have the same ARN; AWS takes them for two, and the engine for one.
    private static string Key(AwsPlace place, string id) => (id.StartsWith(place.Parameter(""), StringComparison.Ordinal) ? id[place.Parameter("").Length..] : id).TrimStart('/');
}
