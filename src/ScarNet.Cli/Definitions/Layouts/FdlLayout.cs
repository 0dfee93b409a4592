using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Core.Functions;
using static ScarNet.Cli.Definitions.Values.Kinds;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary><c>functions: aws: - lambda: …</c>: SCAR 4's function definition language.</summary>
internal static class FdlLayout
{
    /// <summary>One entry of <c>functions.aws</c>.</summary>
    public static FieldBlock<FunctionDefinition> Element { get; } = new(Siblings(Lambda([])));

    /// <summary><c>aws</c> of SCAR's configuration: the same, and what its versions 2 and 3 had.</summary>
    public static FieldBlock<FunctionDefinition> Configuration { get; } = new(
        [
            OwnFields.Profile("boto_profile"),
            .. OwnFields.Shared.Where(field => field.Name is "region" or "execution_mode"),
            .. Siblings(Lambda([OwnFields.Of("time", Units.Duration, nameof(FunctionDefinition.Timeout), (f, v) => f with { Timeout = v })]), BatchFields.Flat),
        ]);

    private static FieldBlock<FunctionDefinition> Lambda(IReadOnlyList<Field<FunctionDefinition>> more) => new(
        [
            new Field<FunctionDefinition>("name", Text.Name, true, [], (_, _, _, function) => function), // read before everything else
            .. OwnFields.Shared,
            .. OwnFields.New,
            .. more,
            OwnFields.Profile("boto_profile"),
            Wrapped("environment", OwnFields.LambdaEnvironment("Variables")),
            Field.Block("container", Container()),
            Field.Block("deployment", new FieldBlock<FunctionDefinition>(
                OwnFields.Of("bucket", Text, nameof(FunctionDefinition.DeploymentBucket), (f, v) => f with { DeploymentBucket = BatchFields.NullIfEmpty(v) }),
                Unused("max_payload_size", Whole),
                Unused("max_s3_payload_size", Whole))),
            Field.Block("supervisor", new FieldBlock<FunctionDefinition>(
                Unused("version", Text), Unused("layer_name", Text), Unused("license_info", Text))),
            Unused("runtime", Text),
            Unused("architectures", Lists.Names),
            Unused("invocation_type", Text),
            Unused("log_type", Text),
            Unused("file_stage_in", YesNo),
            Unused("preheat", YesNo),
            AccountFields.FileSystem,
        ])
    {
        Exclusive = [.. OwnFields.Exclusive, ["efs", "file_system"]],
        Elsewhere = new Dictionary<string, string>
        {
            ["time"] = "did you mean 'timeout'?",
            ["script"] = "did you mean 'init_script'?",
            ["snap_start"] = OwnFields.NoSnapStart,
            ["SnapStart"] = OwnFields.NoSnapStart,
            ["s3"] = "this layout has 'input' and 'output' lists: 'input: [{storage_provider: s3, path: bucket/folder}]'",
        },
    };

    private static FieldBlock<FunctionDefinition> Container() => new(
        [
            .. OwnFields.Shared.Where(field => field.Name is "image" or "image_file" or "timeout_threshold"),
            Wrapped("environment", OwnFields.Environment("Variables")),
            Unused("alpine", YesNo),
            Unused("create_image", YesNo),
        ]);

    private static IReadOnlyList<Field<FunctionDefinition>> Siblings(
        FieldBlock<FunctionDefinition> lambda, IReadOnlyList<Field<BatchSettings>>? moreBatch = null) =>
        [
            Field.Block("lambda", lambda),
            Field.Block("iam", new FieldBlock<FunctionDefinition>([OwnFields.Role, Unused("boto_profile", Text)])),
            Field.Block("api_gateway", new FieldBlock<FunctionDefinition>(
                [
                    Unused("name", Text), .. Service(), Unused("endpoint", Text), Unused("http_method", Text), Unused("method", Anything),
                    Unused("integration", Anything), Unused("path_part", Text), Unused("stage_name", Text),
                    Unused("service_id", Text), Unused("source_arn_testing", Text), Unused("source_arn_invocation", Text),
                ])),
            Field.Block("cloudwatch", new FieldBlock<FunctionDefinition>([OwnFields.LogRetention, .. Service()])),
            Field.Block("s3", new FieldBlock<FunctionDefinition>([.. Service(), Unused("event", Anything)])
            {
                Elsewhere = new Dictionary<string, string>
                {
                    ["input_bucket"] = "this layout has 'lambda.input: [{storage_provider: s3, path: bucket/folder}]'",
                    ["output_bucket"] = "this layout has 'lambda.output: [{storage_provider: s3, path: bucket/folder}]'",
                },
            }),
            Field.Block("ecr", new FieldBlock<FunctionDefinition>([.. Service(), Unused("delete_image", YesNo)])),
            OwnFields.Batch(
                [
                    .. BatchFields.Common, .. BatchFields.Own, .. moreBatch ?? [],
                    Field.Unused<BatchSettings, string>("boto_profile", Text), Field.Unused<BatchSettings, string>("region", Text),
                    Wrapped("environment", OwnFields.BatchEnvironment("Variables")),
                ]),
        ];

    /// <summary>The profile and region that each service of SCAR had of its own: those of the Lambda function count here.</summary>
    private static Field<FunctionDefinition>[] Service() => [Unused("boto_profile", Text), Unused("region", Text)];

    private static Field<FunctionDefinition> Unused<TValue>(string name, Kind<TValue> kind) => Field.Unused<FunctionDefinition, TValue>(name, kind);

    private static Field<T> Wrapped<T>(string name, Field<T> variables) =>
        Field.Block(name, new FieldBlock<T>(variables) { Stray = $"environment variables stand under '{name}: Variables:'" });
}
