using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Core;
using ScarNet.Core.Tasks;

namespace ScarNet.Supervisor.Tasks;

/// <summary>Reads a task file from wherever it is.</summary>
internal sealed class TaskSource(TaskStorage storage, string directory)
{
    private const string Base64 = "base64:";

    /// <exception cref="ScarException">It is no task that can be run: all that is wrong with it.</exception>
    public async Task<TesTask> Read(TaskArguments arguments, CancellationToken cancellation)
    {
        var document = Parse(await Text(arguments.Source, cancellation), arguments.Source);
        foreach (var (name, url) in arguments.Inputs)
        {
            TesOverrides.SetInput(document, name, Absolute(url));
        }

        foreach (var (name, url) in arguments.Outputs)
        {
            TesOverrides.SetOutput(document, name, Absolute(url));
        }

        if (arguments.Object is { } source)
        {
            TesOverrides.SetObject(document, Absolute(source));
        }

        var (task, problems) = TesReader.Read(document);
        return task ?? throw new ScarException(
            $"{Shown(arguments.Source)} is no task that can be run: {string.Join("; ", problems)}");
    }

    // What names no scheme is a file of the directory the command was given in.
    private static string Absolute(string url) => TesUrl.Parse(url) is null && !url.Contains("://", StringComparison.Ordinal) ? Path.GetFullPath(url) : url;

    private static JsonObject Parse(string text, string source)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new ScarException($"{Shown(source)} is no task: a task is a JSON object");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new ScarException($"{Shown(source)} is no task: {e.Message}", e);
        }
    }

    private async Task<string> Text(string source, CancellationToken cancellation)
    {
        if (source == "-")
        {
            using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
            return await input.ReadToEndAsync(cancellation);
        }

        try
        {
            if (source.StartsWith(Base64, StringComparison.Ordinal))
            {
                return Encoding.UTF8.GetString(Convert.FromBase64String(source[Base64.Length..]));
            }

            if (TesUrl.Parse(source) is TesUrl.S3 or TesUrl.Web)
            {
                var file = Path.Join(directory, "task.json");
                await storage.Fetch(TesUrl.Parse(source)!, file, cancellation);
                return await File.ReadAllTextAsync(file, cancellation);
            }

            return await File.ReadAllTextAsync(TesUrl.Parse(source) is TesUrl.Local { Path: var path } ? path : source, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ScarException($"the task file {Shown(source)} cannot be read: {e.Message}", e);
        }
    }

    private static string Shown(string source) => source.StartsWith(Base64, StringComparison.Ordinal) ? "what follows 'base64:'"
        : source == "-" ? "standard input"
        : $"'{source}'";
}
