using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Core.Functions;
using static ScarNet.Cli.Definitions.Values.Kinds;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>Fields of a function that mean the same in every layout.</summary>
internal static class OwnFields
{
    /// <summary>Source: docs.aws.amazon.com/lambda/latest/dg/snapstart.html</summary>
    public const string NoSnapStart =
        "Lambda has SnapStart for its managed runtimes of some languages only, not for OS-only runtimes and images, which functions of ScarNet are";

    private static readonly Kind<ExecutionMode> Mode = OneOf(
        (ExecutionModes.Lambda, ExecutionMode.Lambda), (ExecutionModes.Batch, ExecutionMode.Batch), (ExecutionModes.LambdaBatch, ExecutionMode.LambdaBatch));

    private static readonly Kind<LaunchMode> Launch = OneOf(
        [.. Enum.GetValues<LaunchMode>().Select(mode => (mode.Format(), mode))]);

    private static readonly Kind<FailurePolicy> OnFailure = OneOf(
        ("keep", FailurePolicy.Keep), ("upload", FailurePolicy.Upload), ("discard", FailurePolicy.Discard));

    private static readonly Kind<EventRoute> Route = OneOf(("s3", EventRoute.S3), ("eventbridge", EventRoute.EventBridge));

    /// <summary>Python's levels, which SCAR's supervisor took, in either case.</summary>
    private static readonly Kind<string> LogLevel = OneOf(
        ("DEBUG", "DEBUG"), ("INFO", "INFO"), ("WARNING", "WARNING"), ("WARN", "WARNING"), ("ERROR", "ERROR"), ("CRITICAL", "ERROR"));

    /// <summary>SCAR's, under the same name in each of its versions.</summary>
    public static IReadOnlyList<Field<FunctionDefinition>> Shared { get; } =
    [
        Of("image", Text, nameof(FunctionDefinition.Image), (f, v) => f with { Image = BatchFields.NullIfEmpty(v) }),
        Field.NotActing(Of("image_file", FilePaths.Existing, nameof(FunctionDefinition.ImageFile), (f, v) => f with { ImageFile = v })),
        Of("init_script", FilePaths.Existing, nameof(FunctionDefinition.Script), (f, v) => f with { Script = ScriptSource.File(v) }),
        Field.NotActing(Of("run_script", FilePaths.Existing, nameof(FunctionDefinition.RunScript), (f, v) => f with { RunScript = v })),
        ItemPlaces.Of(
            Of("c_args", Lists.Texts, nameof(FunctionDefinition.Arguments), (f, v) => f with { Arguments = v }), nameof(FunctionDefinition.Arguments)),
        Of("execution_mode", Mode, nameof(FunctionDefinition.Mode), (f, v) => f with { Mode = v }),
        Of("memory", Units.Memory, nameof(FunctionDefinition.MemoryMiB), (f, v) => f with { MemoryMiB = v }),
        Of("timeout", Units.Duration, nameof(FunctionDefinition.Timeout), (f, v) => f with { Timeout = v }),
        Of("timeout_threshold", Units.Duration, nameof(FunctionDefinition.TimeoutThreshold), (f, v) => f with { TimeoutThreshold = v }),
        Of("log_level", LogLevel, nameof(FunctionDefinition.LogLevel), (f, v) => f with { LogLevel = v }),
        Of("description", Text, nameof(FunctionDefinition.Description), (f, v) => f with { Description = v }),
        Of("region", Text, nameof(FunctionDefinition.Region), (f, v) => f with { Region = BatchFields.NullIfEmpty(v) }),
        Field.OfVariables<FunctionDefinition>("tags", nameof(FunctionDefinition.Tags), (f, v) => f with { Tags = Variables.Merge(f.Tags, v) }),
        ItemPlaces.Of(
            Of("layers", Lists.Names, nameof(FunctionDefinition.Layers), (f, v) => f with { Layers = v }), nameof(FunctionDefinition.Layers)),
        Field.Unused<FunctionDefinition, bool>("asynchronous", YesNo),
        Field.Unused<FunctionDefinition, string>("extra_payload", Text),
        StorageEntry.Input,
        StorageEntry.Output,
    ];

    /// <summary>What SCAR did not have.</summary>
    public static IReadOnlyList<Field<FunctionDefinition>> New { get; } =
    [
        .. CommandFields.All,
        .. TaskFields.All,
        ParameterFields.Field,
        SecretFields.Field,
        .. InputFields.All,
        .. FileFields.All,
        Of("ephemeral_storage", Units.Memory, nameof(FunctionDefinition.EphemeralStorageMiB), (f, v) => f with { EphemeralStorageMiB = v }),
        .. AccountFields.All,
        Of("trigger", Route, nameof(FunctionDefinition.EventRoute), (f, v) => f with { EventRoute = v }),
        RetryFields.Either,
        Of("array", YesNo, nameof(FunctionDefinition.Array), (f, v) => f with { Array = v }),
        Of("error_tolerance", Text, nameof(FunctionDefinition.ErrorTolerance), (f, v) => f with { ErrorTolerance = v }),
        ItemPlaces.Of(Of("after", Lists.Names, nameof(FunctionDefinition.After), (f, v) => f with { After = v }), nameof(FunctionDefinition.After)),
        Of("skip_if_done", YesNo, nameof(FunctionDefinition.SkipIfDone), (f, v) => f with { SkipIfDone = v }),
        Of("disk_factor", Number, nameof(FunctionDefinition.DiskFactor), (f, v) => f with { DiskFactor = (double)v }),
        Of("on_failure", OnFailure, nameof(FunctionDefinition.OnFailure), (f, v) => f with { OnFailure = v }),
        Of("overwrite", YesNo, nameof(FunctionDefinition.Overwrite), (f, v) => f with { Overwrite = v }),
        Of("launch", Launch, nameof(FunctionDefinition.Launch), (f, v) => f with { Launch = v }),
        Of("read_only_rootfs", YesNo, nameof(FunctionDefinition.ReadOnlyRoot), (f, v) => f with { ReadOnlyRoot = v }),
        Of("max_hops", Whole, nameof(FunctionDefinition.MaxHops), (f, v) => f with { MaxHops = v }),
    ];

    /// <summary>Keys of which a function may have only one.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Exclusive { get; } =
        [["init_script", "command", "commands", "task", "cwl"], ["time", "timeout"], ["image", "image_file"]];

    public static Field<FunctionDefinition> Profile(string name) => Of(
        name, Text, nameof(FunctionDefinition.Profile), (f, v) => f with { Profile = v is "" or "default" ? null : v });

    public static Field<FunctionDefinition> Role { get; } =
        Of("role", Text, nameof(FunctionDefinition.Role), (f, v) => f with { Role = BatchFields.NullIfEmpty(v) });

    public static Field<FunctionDefinition> LogRetention { get; } = Of(
        "log_retention_policy_in_days", Whole, nameof(FunctionDefinition.LogRetentionDays), (f, v) => f with { LogRetentionDays = v });

    public static Field<FunctionDefinition> Environment(string name) => Field.OfVariables<FunctionDefinition>(
        name, nameof(FunctionDefinition.Environment), (f, v) => f with { Environment = Variables.Merge(f.Environment, v) });

    public static Field<FunctionDefinition> LambdaEnvironment(string name) => Field.OfVariables<FunctionDefinition>(
        name, nameof(FunctionDefinition.LambdaEnvironment), (f, v) => f with { LambdaEnvironment = Variables.Merge(f.LambdaEnvironment, v) });

    public static Field<FunctionDefinition> Batch(params IReadOnlyList<Field<BatchSettings>> fields) =>
        Field.Block<FunctionDefinition, BatchSettings>(
            "batch", new(fields) { Exclusive = BatchFields.Exclusive }, f => f.Batch, (_, f, batch) => f with { Batch = batch });

    public static Field<BatchSettings> BatchEnvironment(string name) => Field.OfVariables<BatchSettings>(
        name, "Batch.Environment", (b, v) => b with { Environment = Variables.Merge(b.Environment, v) });

    public static Field<FunctionDefinition> Of<TValue>(
        string name, Kind<TValue> kind, string member, Func<FunctionDefinition, TValue, FunctionDefinition> set) =>
        Field.Of(name, kind, member, set);
}
