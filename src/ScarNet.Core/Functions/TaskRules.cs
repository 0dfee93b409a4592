using System.Globalization;
using ScarNet.Core.Tasks;
using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What a function must be whose work is a GA4GH task: what the task says itself, the function cannot say too.</summary>
internal static class TaskRules
{
    private static readonly IReadOnlyList<(string Member, string Field, string Hint)> OfTheTask =
    [
        (nameof(F.Image), "image", "each executor of a task has its own"),
        (nameof(F.ImageFile), "image_file", "each executor of a task has its own image"),
        (nameof(F.Arguments), "c_args", "write them into the 'command' of an executor"),
        (nameof(F.StartDirectory), "workdir", "an executor has its own 'workdir'"),
        (nameof(F.Compatibility), "compat", "the task's containers see what 'env' of an executor says, and no more"),
        (nameof(F.Environment), "environment", "write it into the 'env' of an executor"),
        ($"{nameof(F.Batch)}.{nameof(BatchSettings.Environment)}", "batch.environment", "write it into the 'env' of an executor"),
        (nameof(F.Inputs), "inputs", "write them into the 'inputs' of the task"),
        (nameof(F.References), "references", "write them into the 'inputs' of the task"),
        (nameof(F.Files), "files", "an input of the task may have 'content'"),
        (nameof(F.Package), "package", "an input of the task may be a DIRECTORY"),
        (nameof(F.Outputs), "output", "the task's 'outputs' say where they go: s3://bucket/{key_stem}.txt"),
        (nameof(F.SkipIfDone), "skip_if_done", "what a task reads is not known before it runs"),
        ($"{nameof(F.Batch)}.{nameof(BatchSettings.Gpus)}", "batch.gpus", "TES has no words for GPUs"),
        ($"{nameof(F.Batch)}.{nameof(BatchSettings.MultiNode)}", "batch.multi_node_parallel", "a task runs on one machine"),
    ];

    public static IEnumerable<Problem> Check(F function)
    {
        if (function.Script?.Task is not { } file)
        {
            yield break;
        }

        var name = $"function '{function.Name}'";
        foreach (var (member, field, hint) in OfTheTask.Where(entry => function.IsGiven(entry.Member)))
        {
            yield return new Problem(function.PlaceOf(member), $"'{field}' of {name} has no meaning beside 'task'", hint);
        }

        if (function.Mode != ExecutionMode.Batch)
        {
            yield return new Problem(
                function.PlaceOf(function.IsGiven(nameof(F.Mode)) ? nameof(F.Mode) : nameof(F.Script)),
                $"the task of {name} starts containers, and there is no Docker in Lambda",
                "use 'execution_mode: batch'");
        }

        if (function.Launch is not (LaunchMode.Auto or LaunchMode.Sibling))
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.Launch)), $"'launch: {function.Launch.Format()}' of {name} has no meaning beside 'task'", "leave 'launch' out: a task has 'sibling'");
        }

        if (function.Batch.OnFargate)
        {
            yield return new Problem(
                function.PlaceOf($"{nameof(F.Batch)}.{nameof(BatchSettings.Compute)}"),
                $"the task of {name} starts containers, and there is no Docker on Fargate",
                "use machines: 'compute_resources: {type: EC2}'");
        }

        if (function.Triggers.Count > 0 && !file.TakesObject)
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.Script)),
                $"no input of the task of {name} takes the object that starts it",
                $"name one '{TesOverrides.ObjectInput}', or leave one without url and content");
        }

        foreach (var problem in Resources(function, file.Task.Resources, name))
        {
            yield return problem;
        }
    }

    private static IEnumerable<Problem> Resources(F function, TesResources? asked, string name)
    {
        const long bytesPerMiB = 1 << 20;
        if (asked?.MemoryBytes is { } bytes && bytes > function.Batch.MemoryMiB * bytesPerMiB)
        {
            var wanted = (bytes + bytesPerMiB - 1) / bytesPerMiB;
            yield return new Problem(
                function.PlaceOf(nameof(F.Script)),
                string.Create(CultureInfo.InvariantCulture, $"the task of {name} asks for {asked.RamGb} GB, and its job has {function.Batch.MemoryMiB} MiB"),
                $"'batch: {{memory: {wanted}}}' reserves as much");
        }

        if (asked?.CpuCores is { } cores && cores > function.Batch.Vcpus)
        {
            yield return new Problem(
                function.PlaceOf(nameof(F.Script)),
                string.Create(CultureInfo.InvariantCulture, $"the task of {name} asks for {cores} CPUs, and its job has {function.Batch.Vcpus}"),
                $"'batch: {{vcpus: {cores}}}' reserves as many");
        }
    }
}
