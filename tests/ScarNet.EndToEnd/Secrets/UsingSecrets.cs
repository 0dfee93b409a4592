using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Iam;
using ScarNet.EndToEnd.Support;
using static ScarNet.EndToEnd.Iam.GuardedPipelines;

namespace ScarNet.EndToEnd.Secrets;

/// <summary>Scripts get secrets as variables, wherever they run; nobody else sees a value.</summary>
public sealed class UsingSecrets(GuardedPipelines pipelines, DockerFixture docker) : IClassFixture<GuardedPipelines>, IAsyncLifetime
{
    private const string Password = "hunter2-and-more";
    private const string Token = "t0ken of two\nlines";

    private const string KeyId = "1234abcd-12ab-34cd-56ef-1234567890ab";

    private static bool kept;

    public async ValueTask InitializeAsync()
    {
        if (kept)
        {
            return;
        }

        kept = true;
        await pipelines.Launch.Engine.Aws("secretsmanager", "create-secret", "--name", "prod/db", "--secret-string", $$"""{"user":"ann","password":"{{Password}}"}""");
        await pipelines.Launch.Engine.Aws("ssm", "put-parameter", "--name", "/prod/token", "--type", "SecureString", "--key-id", "alias/mine", "--value", Token);
        await pipelines.Launch.Engine.Aws("ssm", "put-parameter", "--name", "/prod/keyed", "--type", "SecureString", "--key-id", KeyId, "--value", "keyed");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(LaunchMode.Mounted)]
    [InlineData(LaunchMode.Sibling)]
    [InlineData(LaunchMode.Multi)]
    public async Task InJobs(LaunchMode launch)
    {
        var definition = (await InImage($"guarded-s-{launch}".ToLowerInvariant(), ExecutionMode.Batch)) with { Launch = launch };
        var function = await pipelines.Of(definition);

        var whole = await function.Ordinary();

        Assert.True(whole.Done, whole.Said);
        Assert.Equal($"ann {Password} {Token}", await pipelines.Launch.Engine.Text(Outbox, $"{definition.Name}/seen"));
        await AssertNobodyElseSees(definition, whole.Said);

        foreach (var (sid, variable) in (IEnumerable<(string, string)>)[("ReadSecrets", "DB_PASSWORD"), ("ReadParameters", "API_TOKEN"), ("DecryptSecretsByAlias", "API_TOKEN")])
        {
            var probed = await function.Without(function.JobRole, sid, function.Ordinary);

            Assert.False(probed.Done, probed.Said);
            Assert.Matches($"^ResourceInitializationError: .*'{variable}' from (asm|ssm): AccessDeniedException: .*assumed-role/{definition.Name}.us-east-1.job/", await function.LastReason());
        }
    }

    [Fact]
    public async Task InLambda()
    {
        var definition = WithSecrets(Function("guarded-s-lambda", ExecutionMode.Lambda));
        var function = await pipelines.Of(definition);

        var whole = await function.Ordinary();

        Assert.True(whole.Done, whole.Said);
        Assert.Equal($"ann {Password} {Token}", await pipelines.Launch.Engine.Text(Outbox, $"{definition.Name}/seen"));
        var configuration = await pipelines.Launch.Engine.Aws("lambda", "get-function-configuration", "--function-name", definition.Name);
        Assert.DoesNotContain(Password, configuration, StringComparison.Ordinal);
        await AssertNobodyElseSees(definition, whole.Said);
    }

    [Fact]
    public async Task InLambdaAsItsRoleAllows()
    {
        var plain = WithSecrets(Function("guarded-n-lambda", ExecutionMode.Lambda));
        var definition = plain with
        {
            Secrets = plain.Secrets.Append(new("KEYED", SecretReference.Parse("/prod/keyed")! with { KmsKey = KeyId })).ToDictionary(),
        };
        var function = await pipelines.Of(definition);

        // A sandbox fetches them once: none has come so far before the last of these.
        foreach (var (sid, refused) in (IEnumerable<(string, string)>)
        [
            ("ReadSecrets", "secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:us-east-1:000000000000:secret:prod/db-"),
            ("ReadParameters", "ssm:GetParameters on resource: arn:aws:ssm:us-east-1:000000000000:parameter/prod/"),
            ("DecryptSecrets", $"kms:Decrypt on resource: arn:aws:kms:us-east-1:000000000000:key/{KeyId}"),
            ("DecryptSecretsByAlias", "kms:Decrypt on resource: arn:aws:kms:us-east-1:000000000000:key/mine"),
        ])
        {
            var probed = await function.Without(function.ExecutionRole, sid, function.Ordinary);

            Assert.False(probed.Done, probed.Said);
            Assert.Contains($"is not authorized to perform: {refused}", probed.Said, StringComparison.Ordinal);
        }

        var whole = await function.Ordinary();
        Assert.True(whole.Done, whole.Said);
    }

    [Theory]
    [InlineData(ExecutionMode.Lambda)]
    [InlineData(ExecutionMode.Batch)]
    public async Task WithoutShowingThemInTheRecordOfAFailure(ExecutionMode mode)
    {
        var definition = WithSecrets(Function($"guarded-t-{mode}".ToLowerInvariant(), mode)) with
        {
            Script = ScriptSource.Lines(["echo \"cannot log in with $DB_PASSWORD and $API_TOKEN\" >&2; exit 3"]),
        };
        var function = await pipelines.Of(definition);

        await function.Ordinary();

        var run = Assert.Single(await pipelines.Launch.Runs(definition), run => run.Status == RunStatus.Failed);
        Assert.Equal("cannot log in with *** and ***\n", run.ErrorTail);
        Assert.Equal(3, run.ExitCode);
    }

    [Theory]
    [InlineData("secretsmanager:prod/none", "failed to fetch secret arn:aws:secretsmanager:us-east-1:000000000000:secret:prod/none from secrets manager: ResourceNotFoundException", "ResourceNotFoundException")]
    [InlineData("secretsmanager:prod/db:pasword", "did not contain json key pasword", "it has no key 'pasword'")]
    [InlineData("/prod/none", "invalid ssm parameters: arn:aws:ssm:us-east-1:000000000000:parameter/prod/none", "there is no such parameter")]
    public async Task OrAreToldWhichIsMissing(string reference, string ofTheJob, string ofLambda)
    {
        var name = $"guarded-m-{Math.Abs(reference.GetHashCode(StringComparison.Ordinal))}";
        var inJob = WithSecret(Function(name + "-b", ExecutionMode.Batch), reference);
        var inLambda = WithSecret(Function(name + "-l", ExecutionMode.Lambda), reference);

        var job = await pipelines.Of(inJob);
        Assert.False((await job.Ordinary()).Done);
        var lambda = await pipelines.Of(inLambda);
        var said = await lambda.Ordinary();

        var reason = await job.LastReason();
        Assert.Contains("unable to retrieve secret 'MISSING'", reason, StringComparison.Ordinal);
        Assert.Contains(ofTheJob, reason, StringComparison.Ordinal);
        Assert.False(said.Done);
        Assert.Contains("secret 'MISSING' cannot be had from", said.Said, StringComparison.Ordinal);
        Assert.Contains(ofLambda, said.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, said.Said + reason, StringComparison.Ordinal);
    }

    private async Task AssertNobodyElseSees(FunctionDefinition definition, string said)
    {
        var definitions = await pipelines.Launch.Engine.Aws("batch", "describe-job-definitions", "--status", "ACTIVE");
        var artifacts = ArtifactKeys.Bucket("000000000000", "us-east-1");
        var objects = (await pipelines.Launch.Engine.S3.ListObjectsV2Async(new() { BucketName = artifacts }, TestContext.Current.CancellationToken)).S3Objects;
        var texts = await Task.WhenAll(objects.Where(entry => !entry.Key.StartsWith("supervisor/", StringComparison.Ordinal)).Select(entry => pipelines.Launch.Engine.Text(artifacts, entry.Key)));
        foreach (var text in texts.Append(definitions).Append(said))
        {
            Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await pipelines.Launch.Runs(definition)).Count(run => run.Status == RunStatus.Failed));
    }

    private async Task<FunctionDefinition> InImage(string name, ExecutionMode mode) =>
        WithSecrets(Function(name, mode)) with { Image = await docker.Import(await BusyboxImage.Tar(), "guarded") };

    private static FunctionDefinition WithSecrets(FunctionDefinition function) => function with
    {
        Script = ScriptSource.Lines(["cp \"$INPUT_FILE_PATH\" \"$TMP_OUTPUT_DIR/\"", "printf '%s %s %s' \"$DB_USER\" \"$DB_PASSWORD\" \"$API_TOKEN\" > \"$TMP_OUTPUT_DIR/seen\""]),
        SkipIfDone = false,
        Secrets = new Dictionary<string, SecretReference>
        {
            ["API_TOKEN"] = SecretReference.Parse("/prod/token")! with { KmsKey = "alias/mine" },
            ["DB_PASSWORD"] = SecretReference.Parse("secretsmanager:prod/db:password")!,
            ["DB_USER"] = SecretReference.Parse("secretsmanager:prod/db:user")!,
        },
    };

    private static FunctionDefinition WithSecret(FunctionDefinition function, string reference) => function with
    {
        SkipIfDone = false,
        Secrets = new Dictionary<string, SecretReference> { ["MISSING"] = SecretReference.Parse(reference)! },
    };
}
