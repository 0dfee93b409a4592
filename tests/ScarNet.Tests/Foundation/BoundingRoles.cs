using ScarNet.Cli.Definitions;
using ScarNet.Core.Functions;
using ScarNet.Core.Iam;

namespace ScarNet.Tests.Foundation;

/// <summary>The permissions boundary against what roles of ScarNet are given.</summary>
public sealed class BoundingRoles
{
    private static readonly PolicyDocument boundary = FoundationStack.Whole.Boundary;

    private static readonly FunctionDefinition everything = new()
    {
        Name = "count",
        Image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/count:1",
        Mode = ExecutionMode.LambdaBatch,
        Triggers = [new("texts", "in/", [".txt"])],
        Inputs = [InputRule.Parse("s3://refs/genomes/")],
        Outputs =
        [
            new("texts", "out/{request_id}/")
            {
                Properties = new() { Tags = new Dictionary<string, string> { ["a"] = "b" }, Encryption = "aws:kms", KmsKey = "key-1" },
            },
            new("texts", "more/") { Properties = new() { Encryption = "aws:kms", KmsKey = "alias/texts" } },
        ],
        Files = [new("model.bin", "/files/model.bin")],
        Package = "/package.zip",
        Secrets = new Dictionary<string, SecretReference>
        {
            ["DB"] = SecretReference.Parse("secretsmanager:db")! with { KmsKey = "alias/db" },
            ["TOKEN"] = SecretReference.Parse("/prod/token")!,
        },
        SkipIfDone = true,
        Array = true,
        ErrorTolerance = "10%",
        Batch = new() { Compute = new() { Type = "FARGATE" } },
    };

    public static TheoryData<string> Examples { get; } =
        new(Directory.EnumerateFiles(Path.Join(Root, "examples"), "*.yaml", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("functions:", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal));

    private static string Root
    {
        get
        {
            var directory = AppContext.BaseDirectory;
            while (!File.Exists(Path.Join(directory, "ScarNet.sln")))
            {
                directory = Path.GetDirectoryName(directory)!;
            }

            return directory;
        }
    }

    [Fact]
    public void LeavesAFunctionThatUsesEverythingAllThatItIsGiven() => Allows([everything]);

    [Theory]
    [MemberData(nameof(Examples))]
    public void LeavesTheExamplesAllThatTheyAreGiven(string file)
    {
        var read = DefinitionFiles.Read([Path.Join(Root, file)], Root, Stream.Null, DefinitionDefaults.BuiltIn);

        Allows(read.Pipeline!.Functions);
    }

    [Fact]
    public void LeavesTheJobStateFunctionAllThatItIsGiven() => Allows(FoundationStack.Whole.PolicyOf("JobStateRole"));

    [Theory]
    [InlineData("iam:CreateRole", "arn:aws:iam::123456789012:role/scarnet/x")]
    [InlineData("iam:PassRole", "arn:aws:iam::123456789012:role/scarnet/x")]
    [InlineData("sts:AssumeRole", "arn:aws:iam::123456789012:role/admin")]
    [InlineData("s3:DeleteObject", "arn:aws:s3:::texts/in/a.txt")]
    [InlineData("s3:PutBucketPolicy", "arn:aws:s3:::texts")]
    [InlineData("batch:RegisterJobDefinition", "arn:aws:batch:eu-west-1:123456789012:job-definition/scarnet-count")]
    [InlineData("batch:SubmitJob", "arn:aws:batch:eu-west-1:123456789012:job-definition/theirs:1")]
    [InlineData("batch:SubmitJob", "arn:aws:batch:us-east-1:123456789012:job-queue/scarnet")]
    [InlineData("logs:DeleteLogGroup", "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/x")]
    [InlineData("ec2:RunInstances", "*")]
    public void TakesFromEveryRole(string action, string resource) =>
        Assert.Equal(AccessDecision.NotAllowed, PolicyEvaluation.Decide([boundary], new(action, resource)));

    [Fact]
    public void FitsIntoAManagedPolicy()
    {
        // Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
        Assert.InRange(boundary.ToJson().Length, 1, 6144);
    }

    private static void Allows(IReadOnlyList<FunctionDefinition> functions)
    {
        Assert.NotEmpty(functions);
        foreach (var function in functions)
        {
            var setting = new RoleSetting(FoundationStack.Place, functions)
            {
                ArtifactBucket = "artifacts",
                Queue = "scarnet",
                JobDefinition = $"scarnet-{function.Name}",
                LogGroup = $"/aws/lambda/{function.Name}",
            };
            Allows(FunctionRoles.Execution(function, setting).Policy);
            if (FunctionRoles.Job(function, setting) is { } job)
            {
                Allows(job.Policy);
            }
        }
    }

    // Every action on every resource that a statement names, its wildcards filled in.
    private static void Allows(PolicyDocument policy) => Assert.All(
        policy.Statements.SelectMany(statement => statement.Actions.SelectMany(action => statement.Resources.Select(resource => (action, resource)))),
        pair => Assert.Equal(
            AccessDecision.Allowed,
            PolicyEvaluation.Decide([boundary], new(pair.action, pair.resource == "*" ? "*" : pair.resource.Replace("*", "x", StringComparison.Ordinal)))));
}
