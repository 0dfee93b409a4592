using System.Text.Encodings.Web;
using System.Text.Json;

namespace ScarNet.Supervisor;

/// <summary>The supervisor's own words: one JSON object a line. Values are fields, never part of the message's text.</summary>
internal sealed class Log
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream sink;
    private readonly Severity minimum;
    private readonly (string Name, string Value)[] context;

    public Log(Stream sink, Severity minimum)
        : this(sink, minimum, [])
    {
    }

    private Log(Stream sink, Severity minimum, (string Name, string Value)[] context)
    {
        this.sink = sink;
        this.minimum = minimum;
        this.context = context;
    }

    public enum Severity
    {
        Debug,
        Info,
        Warning,
        Error,
    }

    /// <summary>A log at the level of a function file: DEBUG, INFO, WARNING or ERROR, in either case.</summary>
    public Log At(string level) =>
        new(sink, Enum.TryParse<Severity>(level, ignoreCase: true, out var severity) ? severity : Severity.Info, context);

    /// <summary>A log whose every line carries the field.</summary>
    public Log With(string name, string value) => new(sink, minimum, [.. context, (name, value)]);

    public void Debug(string message, params ReadOnlySpan<(string Name, object? Value)> fields) => Write(Severity.Debug, message, fields);

    public void Info(string message, params ReadOnlySpan<(string Name, object? Value)> fields) => Write(Severity.Info, message, fields);

    public void Warn(string message, params ReadOnlySpan<(string Name, object? Value)> fields) => Write(Severity.Warning, message, fields);

    public void Error(string message, params ReadOnlySpan<(string Name, object? Value)> fields) => Write(Severity.Error, message, fields);

    private void Write(Severity severity, string message, ReadOnlySpan<(string Name, object? Value)> fields)
    {
        if (severity < minimum)
        {
            return;
        }

        using var line = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", TimeProvider.System.GetUtcNow().UtcDateTime);
            json.WriteString("level", severity.ToString().ToUpperInvariant());
            json.WriteString("message", message);
            foreach (var (name, value) in context)
            {
                json.WriteString(name, value);
            }

            foreach (var (name, value) in fields)
            {
                Write(json, name, value);
            }

            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        sink.Write(line.GetBuffer(), 0, (int)line.Length); // one write, so that lines of a script do not get in between
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case TimeSpan time:
                json.WriteNumber(name, Math.Round(time.TotalSeconds, 3));
                break;
            case IEnumerable<string> texts:
                json.WriteStartArray(name);
                foreach (var text in texts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteString(name, value.ToString());
                break;
        }
    }
}
