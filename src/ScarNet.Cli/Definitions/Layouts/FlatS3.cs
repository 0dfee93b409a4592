using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>The <c>s3</c> block of SCAR 1 to 3, with the folders that those versions took when the file names none.</summary>
internal sealed record FlatS3
{
    private const string Id = "S3.";

    public BucketPath? Input { get; init; }

    public string? InputFolder { get; init; }

    public BucketPath? Output { get; init; }

    public string? OutputFolder { get; init; }

    public string? DeploymentBucket { get; init; }

    public static Field<FunctionDefinition> Field { get; } = Fields.Field.Block<FunctionDefinition, FlatS3>(
        "s3",
        new(
            Fields.Field.Of<FlatS3, BucketPath>("input_bucket", BucketPath.Kind, Id + nameof(Input), (s, v) => s with { Input = v }),
            Fields.Field.Of<FlatS3, string>("input_folder", Kinds.Text, Id + nameof(InputFolder), (s, v) => s with { InputFolder = v }),
            Fields.Field.Of<FlatS3, BucketPath>("output_bucket", BucketPath.Kind, Id + nameof(Output), (s, v) => s with { Output = v }),
            Fields.Field.Of<FlatS3, string>("output_folder", Kinds.Text, Id + nameof(OutputFolder), (s, v) => s with { OutputFolder = v }),
            Fields.Field.Of<FlatS3, string>(
                "deployment_bucket", Kinds.Text, nameof(FunctionDefinition.DeploymentBucket), (s, v) => s with { DeploymentBucket = BatchFields.NullIfEmpty(v) })),
        _ => new FlatS3(),
        (reading, function, s3) => s3.ApplyTo(reading, function));

    private FunctionDefinition ApplyTo(Reading reading, FunctionDefinition function)
    {
        OneFolder(reading, nameof(Input), "input", Input, InputFolder);
        OneFolder(reading, nameof(Output), "output", Output ?? Input, Output is null ? null : OutputFolder);
        if (OutputFolder is not null && Output is null && Input is null)
        {
            Missing(reading, nameof(OutputFolder), "output");
        }

        if (TriggerOf(function.Name) is { } trigger)
        {
            reading.Places["Triggers.0"] = reading.Places[Id + nameof(Input)];
            function = function with { Triggers = [trigger] };
        }

        if (OutputOf(function.Name) is { } output)
        {
            reading.Places["Outputs.0"] = reading.Places.GetValueOrDefault(Id + nameof(Output)) ?? reading.Places[Id + nameof(Input)];
            function = function with { Outputs = [output] };
        }

        return DeploymentBucket is null ? function : function with { DeploymentBucket = DeploymentBucket };
    }

    /// <summary>Without a folder SCAR 2 and 3 read below <c>&lt;function&gt;/input/</c>.</summary>
    private Trigger? TriggerOf(string function) => Input is null ? null : new Trigger(
        Input.Bucket,
        Input.Prefix.Length > 0 ? Input.Prefix
        : InputFolder is not null ? BucketPath.FolderPrefix(InputFolder)
        : $"{function}/input/");

    /// <summary>
    /// Without a bucket the input's is taken. A folder in <c>output_bucket</c> (SCAR 3) is the prefix itself; an <c>output_folder</c>
    /// (SCAR 2) and the folder taken when there is none get a part of each run's own.
    /// </summary>
    private OutputRule? OutputOf(string function) => (Output ?? Input) is not { } bucket ? null : new OutputRule(
        bucket.Bucket,
        Output is { Prefix.Length: > 0 } ? Output.Prefix
        : OutputFolder is null ? $"{function}/output/{{request_id}}/"
        : OutputFolder.Contains('{', StringComparison.Ordinal) ? BucketPath.FolderPrefix(OutputFolder)
        : BucketPath.FolderPrefix(OutputFolder) + "{request_id}/");

    private static void OneFolder(Reading reading, string member, string name, BucketPath? bucket, string? folder)
    {
        if (folder is null)
        {
            return;
        }

        if (bucket is null)
        {
            Missing(reading, member + "Folder", name);
        }
        else if (bucket.Prefix.Length > 0)
        {
            reading.Error(
                reading.Places[Id + member + "Folder"],
                $"'s3.{name}_bucket' and 's3.{name}_folder' of {reading.Owner} both name a folder",
                $"write 's3.{name}_bucket: {bucket.Bucket}' or leave the folder out");
        }
    }

    private static void Missing(Reading reading, string member, string name) => reading.Error(
        reading.Places[Id + member], $"'s3.{name}_folder' of {reading.Owner} stands without a bucket", $"add 's3.{name}_bucket'");
}
