using System.Globalization;
using ScarNet.Core;

namespace ScarNet.Supervisor.Tasks;

/// <summary>What follows <c>supervisor task</c>.</summary>
/// <param name="Source">A path, s3://…, http(s)://…, <c>-</c> for standard input, or <c>base64:</c> and the task itself.</param>
internal sealed record TaskArguments(string Source)
{
    public const string Usage =
        "supervisor task SOURCE [--input NAME=URL]... [--output NAME=URL]... [--object URL] [--log FILE] [--id ID] [--created TIME] [--read-only-root] [--no-files]";

    public IReadOnlyList<(string Name, string Url)> Inputs { get; init; } = [];

    public IReadOnlyList<(string Name, string Url)> Outputs { get; init; } = [];

    /// <summary>Object of an event, which becomes an input.</summary>
    public string? Object { get; init; }

    /// <summary>Where the task with its log is kept: a file, or s3://…; null is nowhere.</summary>
    public string? Log { get; init; }

    public string Id { get; init; } = "task-" + Guid.NewGuid().ToString("N")[..12];

    public DateTimeOffset? Created { get; init; }

    public bool ReadOnlyRoot { get; init; }

    public bool NoFiles { get; init; }

    /// <exception cref="ScarException">Something is missing, or not known.</exception>
    public static TaskArguments Read(IReadOnlyList<string> arguments)
    {
        string? source = null;
        var read = new TaskArguments("");
        var left = new Queue<string>(arguments);
        while (left.TryDequeue(out var argument))
        {
            read = argument switch
            {
                "--input" => read with { Inputs = [.. read.Inputs, Pair(argument, Value(argument))] },
                "--output" => read with { Outputs = [.. read.Outputs, Pair(argument, Value(argument))] },
                "--object" => read with { Object = Value(argument) },
                "--log" => read with { Log = Value(argument) },
                "--id" => read with { Id = Value(argument) },
                "--created" => read with { Created = DateTimeOffset.Parse(Value(argument), CultureInfo.InvariantCulture) },
                "--read-only-root" => read with { ReadOnlyRoot = true },
                "--no-files" => read with { NoFiles = true },
                _ when argument.Length > 1 && argument.StartsWith('-') => throw new ScarException($"unknown option '{argument}'", Usage),
                _ when source is not null => throw new ScarException($"'{argument}' is one task too many: '{source}' was given already", Usage),
                _ => read with { Source = source = argument },
            };
        }

        return source is not null ? read : throw new ScarException("no task is given", Usage);

        string Value(string option) => left.TryDequeue(out var value) ? value : throw new ScarException($"{option} needs a value", Usage);
    }

    private static (string, string) Pair(string option, string value) => value.IndexOf('=', StringComparison.Ordinal) is var at and > 0
        ? (value[..at], value[(at + 1)..])
        : throw new ScarException($"{option} '{value}' is not NAME=URL", Usage);
}
