namespace ScarNet.Core.Tasks;

/// <summary>What a task whose members are of the right kind may still have wrong.</summary>
public static class TesRules
{
    /// <summary>Keys of backend_parameters that mean something here.</summary>
    public static IReadOnlyList<string> BackendParameters { get; } = [];

    public static IEnumerable<TesProblem> Check(TesTask task)
    {
        if (task.Executors.Count == 0)
        {
            yield return new("executors", "there must be one or more");
        }

        foreach (var problem in task.Inputs.SelectMany(Input)
            .Concat(task.Outputs.SelectMany(Output))
            .Concat(task.Executors.SelectMany(Executor))
            .Concat(SamePaths(task))
            .Concat(Parameters(task.Resources)))
        {
            yield return problem;
        }
    }

    /// <summary>Worth knowing, no error: outputs that nobody keeps, settings that are not known.</summary>
    public static IEnumerable<string> Warnings(TesTask task)
    {
        if (task.Outputs.Count == 0)
        {
            yield return "the task has no outputs: what its executors write is gone when it ends, but for the end of their standard output";
        }

        if (task.Resources is { BackendParametersStrict: false } resources)
        {
            foreach (var name in resources.BackendParameters.Keys.Except(BackendParameters, StringComparer.Ordinal))
            {
                yield return $"backend parameter '{name}' is not known and has no effect";
            }
        }
    }

    private static IEnumerable<TesProblem> Input(TesInput input, int i)
    {
        if (input.Content is not null && input.Type == TesFileType.Directory)
        {
            yield return new($"inputs[{i}].content", "a directory has none: it is for type FILE");
        }

        if (input.Url is { } url)
        {
            switch (TesUrl.Parse(url))
            {
                case null:
                    yield return new($"inputs[{i}].url", $"'{url}' is none of s3://, http://, https://, file:// and an absolute path");
                    break;
                case TesUrl.Web when input.Type == TesFileType.Directory:
                    yield return new($"inputs[{i}].url", "what a directory holds cannot be asked over http: name the files one by one, or use s3://");
                    break;
                case TesUrl.S3 { Object.Key.Length: 0 } when input.Type == TesFileType.File:
                    yield return new($"inputs[{i}].url", $"'{url}' names no object; a whole bucket is of type DIRECTORY");
                    break;
            }
        }
    }

    private static IEnumerable<TesProblem> Output(TesOutput output, int i)
    {
        var many = output.HasWildcards || output.Type == TesFileType.Directory;
        switch (TesUrl.Parse(output.Url))
        {
            case null:
                yield return new($"outputs[{i}].url", $"'{output.Url}' is none of s3://, http://, https://, file:// and an absolute path");
                break;
            case TesUrl.Web when many:
                yield return new($"outputs[{i}].url", "an http address takes one file (PUT); several go to s3://");
                break;
            case TesUrl.S3 { Object.Key: "" } when !many:
                yield return new($"outputs[{i}].url", $"'{output.Url}' names no object");
                break;
        }

        if (!output.HasWildcards)
        {
            yield break;
        }

        if (output.PathPrefix is not { } prefix)
        {
            yield return new($"outputs[{i}].path_prefix", "it is missing: with wildcards in the path it says what is cut off the paths of matches");
        }
        else if (!output.Path.StartsWith(prefix, StringComparison.Ordinal) || PathPattern.HasWildcards(prefix))
        {
            yield return new($"outputs[{i}].path_prefix", $"'{prefix}' must be how the path '{output.Path}' begins, before its first wildcard");
        }

        if (TesMounts.Refusal(PathPattern.FixedDirectory(output.Path), directory: true) is { } why)
        {
            yield return new($"outputs[{i}].path", $"'{PathPattern.FixedDirectory(output.Path)}' {why}: look for files below a directory of their own");
        }
    }

    private static IEnumerable<TesProblem> Executor(TesExecutor executor, int i)
    {
        if (executor.Command[0].Length == 0)
        {
            yield return new($"executors[{i}].command[0]", "it is the program and cannot be empty");
        }

        foreach (var name in executor.Env.Keys.Where(name => name.Length == 0 || name.Contains('=', StringComparison.Ordinal)))
        {
            yield return new($"executors[{i}].env", $"'{name}' is no name of a variable");
        }

        if (executor.Env.Any(pair => (pair.Key + pair.Value).Contains('\0', StringComparison.Ordinal))
            || executor.Command.Any(word => word.Contains('\0', StringComparison.Ordinal)))
        {
            yield return new($"executors[{i}]", "neither command nor env can hold NUL");
        }
    }

    private static IEnumerable<TesProblem> SamePaths(TesTask task) => task.Inputs
        .Select((input, i) => (input.Path, i))
        .GroupBy(input => input.Path, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => new TesProblem($"inputs[{group.Last().i}].path", $"'{group.Key}' is the path of inputs[{group.First().i}] too"));

    private static IEnumerable<TesProblem> Parameters(TesResources? resources) => resources is { BackendParametersStrict: true }
        ? resources.BackendParameters.Keys.Except(BackendParameters, StringComparer.Ordinal)
            .Select(name => new TesProblem($"resources.backend_parameters.{name}", "it is not known here, and backend_parameters_strict is set"))
        : [];
}
