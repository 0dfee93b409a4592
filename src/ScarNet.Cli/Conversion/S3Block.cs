using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Layouts;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Conversion;

/// <summary>The <c>s3</c> block of SCAR 1 to 3 as <c>input</c> and <c>output</c>, with the folders that it left unsaid.</summary>
internal static class S3Block
{
    /// <param name="entry">The block.</param>
    /// <param name="function">Takes the fields.</param>
    /// <param name="hasOutput">Whether the function has an <c>output</c> of its own, which counts then.</param>
    public static void Convert(YamlEntry entry, ShortFunction function, bool hasOutput)
    {
        var s3 = (YamlMap)entry.Value;
        var meaning = FlatS3.Field.Apply(
            new Reading("", "/", _ => true, _ => { }) { Function = function.Name }, entry, "s3", new FunctionDefinition { Name = function.Name });
        if (meaning.Triggers is [var trigger] && Given(s3, "input_bucket") is { } bucket)
        {
            Input(trigger, bucket, Given(s3, "input_folder"), function);
        }

        if (!hasOutput && meaning.Outputs is [var output])
        {
            Output(output, Given(s3, "output_bucket"), Given(s3, "output_folder"), Given(s3, "input_bucket"), function);
        }

        if (Given(s3, "deployment_bucket") is { } deployment)
        {
            function.SetIn("s3", deployment.Name, deployment.Value);
        }
    }

    private static void Input(Trigger trigger, YamlEntry bucket, YamlEntry? folder, ShortFunction function)
    {
        function.Set("input", Path(bucket, trigger.Bucket, trigger.Prefix));
        if (folder is null && trigger.Prefix == $"{function.Name}/input/" && !Text(bucket).TrimEnd('/').EndsWith("/input", StringComparison.Ordinal))
        {
            function.Tell(
                bucket.Value.Place,
                "input",
                $"'s3.input_bucket' of function '{function.Name}' names no folder: SCAR then read below '{trigger.Prefix}', which is written out",
                "change it where your files lie elsewhere");
        }
    }

    private static void Output(OutputRule output, YamlEntry? bucket, YamlEntry? folder, YamlEntry? input, ShortFunction function)
    {
        var place = folder ?? bucket ?? input!;
        function.Set("output", Path(place, output.Bucket, output.Prefix));
        var who = $"of function '{function.Name}'";
        if (bucket is null)
        {
            function.Tell(place.Value.Place, "output", $"'s3' {who} has no 'output_bucket': SCAR then wrote to the bucket it read from, '{output.Bucket}'");
        }

        if (folder is null && output.Prefix == $"{function.Name}/output/{{request_id}}/")
        {
            function.Tell(
                place.Value.Place,
                "output",
                $"'s3' {who} names no folder for outputs: SCAR then wrote below '{function.Name}/output/REQUEST-ID/', which is written out");
        }
        else if (folder is not null && output.Prefix.EndsWith("{request_id}/", StringComparison.Ordinal) && !Text(folder).Contains('{', StringComparison.Ordinal))
        {
            function.Tell(
                folder.Value.Place, "output", $"to 's3.output_folder' {who} SCAR 2 added the id of the request: it is written out as '{{request_id}}'");
        }
        else if (folder is null && !output.Prefix.Contains('{', StringComparison.Ordinal))
        {
            function.Tell(
                place.Value.Place,
                "output",
                $"'s3.output_bucket' {who} names a folder: SCAR 3 wrote right into it, the files of all runs together",
                "add '/{request_id}' for a folder of each run's own, as SCAR 2 had it");
        }
    }

    private static YamlList Path(YamlEntry entry, string bucket, string prefix)
    {
        var path = Blocks.Text(entry.Value.Place, $"{bucket}/{prefix}".TrimEnd('/'));
        return new(entry.Place, [Blocks.With(Blocks.Empty(entry.Place), "path", path)]);
    }

    private static YamlEntry? Given(YamlMap map, string key) => map.Find(key) is { IsNull: false } entry ? entry : null;

    private static string Text(YamlEntry entry) => (entry.Value as YamlText)?.Text ?? "";
}
