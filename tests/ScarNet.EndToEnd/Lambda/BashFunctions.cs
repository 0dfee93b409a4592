using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ScarNet.EndToEnd.Support;
using ScarNet.Local;

namespace ScarNet.EndToEnd.Lambda;

/// <summary>An engine, and functions whose runtime is a bash script that talks to the Runtime API through curl.</summary>
public sealed class BashFunctions : EngineFixture
{
    public const string Role = "arn:aws:iam::000000000000:role/test";

    /// <summary>What goes round the handler: <c>$EVENT</c> and <c>$ID</c> in, standard output of <c>handle</c> out.</summary>
    private const string Loop = """
        #!/bin/bash
        API="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
        handle() {
        @HANDLER@
        }
        while true; do
          EVENT=$(curl -sS -D /tmp/headers.$$ "$API/invocation/next") || exit 1
          ID=$(grep -Fi Lambda-Runtime-Aws-Request-Id /tmp/headers.$$ | tr -d '[:space:]' | cut -d: -f2)
          if ANSWER=$(handle); then
            curl -sS -o /dev/null --data-binary "$ANSWER" "$API/invocation/$ID/response"
          else
            curl -sS -o /dev/null --data-binary '{"errorType":"Handler.Failed","errorMessage":"the handler said no"}' "$API/invocation/$ID/error"
          fi
        done
        """;

    protected override EngineSettings Settings => base.Settings with
    {
        LambdaConcurrency = 2,
        LambdaRetryWaits = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100)],
        LogBytesPerRun = 1 << 20,
    };

    /// <summary>Makes a function of a handler's bash code.</summary>
    public async Task Create(string name, string handler, params string[] options)
    {
        var zip = WriteFile($"{name}.zip", Zip(("bootstrap", Bootstrap(handler))));
        await Aws(["lambda", "create-function", "--function-name", name, "--zip-file", $"fileb://{zip}",
            "--runtime", "provided.al2023", "--handler", "none", "--role", Role, .. options]);
    }

    /// <summary>The whole runtime around a handler's bash code.</summary>
    public static string Bootstrap(string handler) => Loop.Replace("@HANDLER@", handler, StringComparison.Ordinal);

    /// <summary>A zip of executable files.</summary>
    public static byte[] Zip(params (string Name, string Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                var entry = archive.CreateEntry(name);
                entry.ExternalAttributes = 0x81ED << 16; // a file, 0755
                using var writer = new StreamWriter(entry.Open(), new UTF8Encoding(false));
                writer.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Calls a function and waits.</summary>
    /// <returns>What <c>aws lambda invoke</c> says, and the function's answer.</returns>
    public async Task<(JsonElement Said, string Answer)> Invoke(string name, string payload = "{}", params string[] options)
    {
        var file = Path.Join(Files, Guid.NewGuid().ToString("N"));
        var said = await Aws(["lambda", "invoke", "--function-name", name, "--cli-binary-format", "raw-in-base64-out",
            "--payload", payload, "--output", "json", .. options, file]);
        return (JsonDocument.Parse(said).RootElement, await File.ReadAllTextAsync(file));
    }

    /// <summary>Messages of a function's log that hold a text, once there are so many.</summary>
    public async Task<string[]> Log(string name, string pattern = "")
    {
        var answer = await Aws("logs", "filter-log-events", "--log-group-name", $"/aws/lambda/{name}", "--filter-pattern", pattern, "--output", "json");
        return [.. JsonDocument.Parse(answer).RootElement.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("message").GetString()!)];
    }

    /// <summary>The lines of a pattern, once there are any: output is stored a moment after the answer. None after a minute.</summary>
    public async Task<string[]> LogOnceThere(string name, string pattern)
    {
        var deadline = DateTimeOffset.UtcNow.AddMinutes(1);
        var lines = await Log(name, pattern);
        while (lines.Length == 0 && DateTimeOffset.UtcNow < deadline)
        {
            lines = await Log(name, pattern);
        }

        return lines;
    }
}
