using Amazon.S3;
using ScarNet.Core.Functions;
using ScarNet.Core.Iam;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Launch;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Iam;

/// <summary>Functions that use everything a role can be needed for, deployed as <c>init</c> does it. Nothing but the test itself starts them.</summary>
public sealed class GuardedPipelines : IAsyncLifetime
{
    public const string Inbox = "guarded-in";
    public const string Outbox = "guarded-out";
    public const string References = "guarded-refs";
    public const string Reports = "guarded-reports";
    public const string Letters = "guarded-letters";

    // What a run does is what its input says: 'fail', 'large', or 'wait' and a file to wait for.
    private const string Script = """
        set -- $(cat "$INPUT_FILE_PATH")
        case $1 in
            fail) echo half > "$TMP_OUTPUT_DIR/$(basename "$INPUT_FILE_PATH")"; exit 7 ;;
            large) truncate -s 17M "$TMP_OUTPUT_DIR/large" ;;
            wait) until [ -e "$2" ]; do sleep 0.05; done ;;
        esac
        cp "$INPUT_FILE_PATH" "$TMP_OUTPUT_DIR/"
        """;

    private static readonly Dictionary<string, FunctionDefinition> all = new[]
    {
        Function("guarded-lambda", ExecutionMode.Lambda) with
        {
            FailureDestination = "arn:aws:s3:::" + Reports,
            DeadLetter = "arn:aws:sqs:us-east-1:000000000000:" + Letters,
        },
        Function("guarded-batch", ExecutionMode.Batch),
        Function("guarded-handover", ExecutionMode.LambdaBatch) with { Timeout = TimeSpan.FromSeconds(4), TimeoutThreshold = TimeSpan.FromSeconds(2) },
    }.ToDictionary(function => function.Name);

    private readonly Dictionary<string, GuardedFunction> deployed = [];

    public LaunchFixture Launch { get; } = new();

    public static RoleDefinition Execution(string function) => Execution(all[function]);

    public static RoleDefinition Execution(FunctionDefinition function) => FunctionRoles.Execution(function, Setting(function));

    public static RoleDefinition Job(string function) => Job(all[function]);

    public static RoleDefinition Job(FunctionDefinition function) => FunctionRoles.Job(function, Setting(function))!;

    public async ValueTask InitializeAsync()
    {
        await Launch.InitializeAsync();
        await Launch.Engine.Aws("sqs", "create-queue", "--queue-name", Letters, "--attributes", "VisibilityTimeout=0");
        foreach (var bucket in (string[])[Inbox, Outbox, References, Reports])
        {
            await Launch.Engine.S3.PutBucketAsync(bucket, TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync() => Launch.DisposeAsync();

    public Task<GuardedFunction> Of(string name) => Of(all[name]);

    /// <summary>A function; deployed when it is first asked for.</summary>
    /// <param name="definition">The function.</param>
    /// <param name="others">More functions of its file.</param>
    public async Task<GuardedFunction> Of(FunctionDefinition definition, params IEnumerable<FunctionDefinition> others)
    {
        if (!deployed.TryGetValue(definition.Name, out var function))
        {
            await Launch.Engine.Put($"{definition.Name}/table.tab", "table", References);
            await Launch.Engine.Put($"{definition.Name}/list", "list", References);
            await Launch.Init([definition, .. others]);
            await Launch.Engine.S3.PutBucketNotificationAsync(new() { BucketName = Inbox }, TestContext.Current.CancellationToken);
            deployed[definition.Name] = function = new(Launch, definition);
        }

        return function;
    }

    public static FunctionDefinition Function(string name, ExecutionMode mode) => new()
    {
        Name = name,
        Mode = mode,
        Script = ScriptSource.Lines([Script]),
        Triggers = [new(Inbox, name + "/", [".txt"])],
        Inputs = [new($"s3://{References}/{name}/*.tab"), new($"s3://{References}/{name}/list")],
        Outputs = [new(Outbox, name + "/") { Properties = new() { Tags = new Dictionary<string, string> { ["team"] = "guard" } } }],
        Files = [new("README.md", Path.Join(Repository.Root, "README.md"))],
        SkipIfDone = true,
        Overwrite = true,
        Retries = 0,
        Array = mode == ExecutionMode.Batch,
        ErrorTolerance = mode == ExecutionMode.Batch ? "50%" : null,
        Batch = new() { MemoryMiB = 256 },
    };

    // What the names of statements rest on; the policies themselves are those that were put.
    private static RoleSetting Setting(FunctionDefinition function) => new(AwsPlace.In("us-east-1", "000000000000"), [function])
    {
        ArtifactBucket = ArtifactKeys.Bucket("000000000000", "us-east-1"),
        Queue = "scarnet",
        JobDefinition = "scarnet-" + function.Name,
        LogGroup = "/aws/lambda/" + function.Name,
    };
}
