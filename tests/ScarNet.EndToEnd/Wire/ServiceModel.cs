using System.Text.Json;
using System.Text.RegularExpressions;

namespace ScarNet.EndToEnd.Wire;

/// <summary>A service as AWS itself describes it: botocore's model, of Debian's python3-botocore.</summary>
internal sealed class ServiceModel
{
    private const string Models = "/usr/lib/python3/dist-packages/botocore/data";

    private readonly JsonElement model;

    private ServiceModel(JsonElement model) => this.model = model;

    public string Protocol => model.GetProperty("metadata").GetProperty("protocol").GetString()!;

    public static ServiceModel Of(string service)
    {
        var file = Directory.GetFiles(Path.Join(Models, service), "service-2.json", SearchOption.AllDirectories).Order().Last();
        return new(JsonDocument.Parse(File.ReadAllBytes(file)).RootElement);
    }

    public JsonElement Shape(string name) => model.GetProperty("shapes").GetProperty(name);

    /// <summary>The operation a request asks for, and what its path says; null when there is none.</summary>
    public (string Name, JsonElement? Input, Dictionary<string, string> Labels)? Find(RecordedCall call)
    {
        foreach (var operation in model.GetProperty("operations").EnumerateObject())
        {
            var http = operation.Value.GetProperty("http");
            if (http.GetProperty("method").GetString() != call.Method || operation.Value.TryGetProperty("deprecated", out _))
            {
                continue;
            }

            var labels = Protocol is "query" or "ec2"
                ? call.Action == operation.Name ? [] : null
                : Protocol == "json"
                ? call.Headers.GetValueOrDefault("x-amz-target") == $"{model.GetProperty("metadata").GetProperty("targetPrefix")}.{operation.Name}" ? [] : null
                : Labels(http.GetProperty("requestUri").GetString()!.Split('?')[0], call.Uri.AbsolutePath);
            if (labels is not null && SubResources(operation.Name).SequenceEqual(Asked(call)))
            {
                return (operation.Name, operation.Value.TryGetProperty("input", out var input) ? Shape(input.GetProperty("shape").GetString()!) : null, labels);
            }
        }

        return null;
    }

    /// <summary>Query parameters without a value that tell one operation of S3 from another: <c>/{Bucket}?encryption</c>.</summary>
    public IEnumerable<string> SubResources(string operation) =>
        Named(model.GetProperty("operations").GetProperty(operation).GetProperty("http").GetProperty("requestUri").GetString()!);

    private IEnumerable<string> Asked(RecordedCall call) => Protocol == "rest-xml" ? Named(call.Uri.PathAndQuery) : [];

    private static IEnumerable<string> Named(string address) =>
        (address.Split('?', 2).ElementAtOrDefault(1) ?? "").Split('&').Where(part => part.Length > 0 && part.TrimEnd('=').IndexOf('=', StringComparison.Ordinal) < 0)
            .Select(part => part.TrimEnd('='));

    private static Dictionary<string, string>? Labels(string template, string path)
    {
        var names = new List<string>();
        var pattern = Regex.Replace(
            Regex.Escape(template.TrimEnd('/')),
            @"\\\{(?<name>\w+)}",
            label =>
            {
                names.Add(label.Groups["name"].Value);
                return "([^/]+)";
            },
            RegexOptions.None,
            TimeSpan.FromSeconds(1));
        var match = Regex.Match(path.TrimEnd('/'), $"^{pattern}$", RegexOptions.None, TimeSpan.FromSeconds(1));
        return match.Success
            ? names.Select((name, i) => (name, Value: Uri.UnescapeDataString(match.Groups[i + 1].Value))).ToDictionary(l => l.name, l => l.Value)
            : null;
    }
}
