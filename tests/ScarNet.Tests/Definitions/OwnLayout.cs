using ScarNet.Core.Functions;

namespace ScarNet.Tests.Definitions;

/// <summary>What ScarNet's layout adds to the flat one.</summary>
public sealed class OwnLayout
{
    [Fact]
    public void TakesPathsAsTextOrWithFilters()
    {
        var function = Written.Short(
            "input: [photos/in, {path: photos/more, prefix: 2026-, suffix: .jpg}]",
            "output: [photos/out, {path: 's3://results/a/b/', prefix: [x], suffix: [.txt, .csv], required: true}]");

        Assert.Equal(["s3://photos/in/", "s3://photos/more/2026-"], function.Triggers.Select(trigger => trigger.ToString()));
        Assert.Equal([".jpg"], function.Triggers[1].Suffixes);
        Assert.Equal(["s3://photos/out/", "s3://results/a/b/"], function.Outputs.Select(output => output.ToString()));
        Assert.Equal(["x"], function.Outputs[1].Prefixes);
        Assert.Equal([".txt", ".csv"], function.Outputs[1].Suffixes);
        Assert.True(function.Outputs[1].Required);
    }

    [Fact]
    public void TakesWhatAnOutputsObjectsAreToBe()
    {
        var output = Assert.Single(Written.Short(
            "output:",
            "  path: results",
            "  files: ['**/*.csv', plots/]",
            "  minimum: 2",
            "  tags: {project: a b, cost: 'x=1+2'}",
            "  metadata: {Author: me}",
            "  content_type: text/csv; charset=utf-8",
            "  storage_class: standard_ia",
            "  kms_key: alias/results",
            "  sse: aws:kms").Outputs);

        Assert.Equal((2, "**/*.csv plots/"), (output.Minimum, string.Join(' ', output.Files)));
        Assert.Equal(("a b", "x=1+2", "me"), (output.Properties.Tags["project"], output.Properties.Tags["cost"], output.Properties.Metadata["Author"]));
        Assert.Equal(
            ("text/csv; charset=utf-8", "STANDARD_IA", "alias/results", "aws:kms"),
            (output.Properties.ContentType, output.Properties.StorageClass, output.Properties.KmsKey, output.Properties.Encryption));
    }

    [Fact]
    public void TakesRetriesAsANumberOrByExitCode()
    {
        Assert.Equal(2, Written.Short("retries: 2").Retries);

        var function = Written.Short("execution_mode: batch", "retries: {attempts: 4, on_exit: {75: retry, 1: exit}, otherwise: exit}");

        Assert.Equal((3, false), (function.Retries, function.RetryRules!.Otherwise));
        Assert.Equal([75], function.RetryRules.Exceptions);
        Assert.Null(Written.Short("execution_mode: batch", "retries: {on_exit: {137: retry}}").Retries);
    }

    [Fact]
    public void TakesASinglePathWithoutAList()
    {
        var function = Written.Short("input: photos/in", "output: {path: photos/out}");

        Assert.Equal("s3://photos/in/", Assert.Single(function.Triggers).ToString());
        Assert.Equal("s3://photos/out/", Assert.Single(function.Outputs).ToString());
    }

    [Theory]
    [InlineData("photos/in")]
    [InlineData("photos/in/")]
    [InlineData("photos/in//")]
    [InlineData("/photos/in")]
    [InlineData("s3://photos/in")]
    public void TakesAnySlashesAroundAPath(string path)
    {
        Assert.Equal("in/", Assert.Single(Written.Short($"input: {path}").Triggers).Prefix);
    }

    [Fact]
    public void MakesATriggerOfEachPrefix()
    {
        Assert.Equal(["in/a", "in/b"], Written.Short("input: {path: photos/in, prefix: [a, b]}").Triggers.Select(trigger => trigger.Prefix));
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("1m30s", 90)]
    [InlineData("\"60\"", 60)]
    [InlineData("60.0", 60)]
    public void TakesDurationsWithUnits(string text, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Written.Short($"timeout: {text}").Timeout);
    }

    [Theory]
    [InlineData("512", 512)]
    [InlineData("512MiB", 512)]
    [InlineData("2GiB", 2048)]
    [InlineData("1.5 GiB", 1536)]
    [InlineData("2Gi", 2048)]
    public void TakesMemoryWithUnits(string text, int mebibytes)
    {
        Assert.Equal(mebibytes, Written.Short($"memory: {text}").MemoryMiB);
    }

    [Fact]
    public void TakesEveryFieldOfItsOwn()
    {
        var function = Written.Short(
            "execution_mode: lambda-batch", "ephemeral_storage: 1GiB", "retries: 1", "on_failure: discard", "overwrite: yes", "max_hops: 5", "skip_if_done: yes", "disk_factor: 2.5",
            "batch: {timeout: 1h, queue: mine, gpus: 2, job_role: 'arn:aws:iam::123456789012:role/j', environment: [A=b=c]}");

        Assert.Equal(ExecutionMode.LambdaBatch, function.Mode);
        Assert.Equal((1024, 1, FailurePolicy.Discard, true, 5), (
            function.EphemeralStorageMiB, function.Retries, function.OnFailure, function.Overwrite, function.MaxHops));
        Assert.Equal((true, 2.5), (function.SkipIfDone, function.DiskFactor));
        Assert.Equal((TimeSpan.FromHours(1), "mine", 2, "arn:aws:iam::123456789012:role/j"), (
            function.Batch.Timeout, function.Batch.Queue, function.Batch.Gpus, function.Batch.JobRole));
        Assert.Equal("b=c", function.Batch.Environment["A"]);
    }

    [Fact]
    public void TakesWhatALambdaFunctionUsesOfTheAccount()
    {
        var function = Written.Short(
            "reserved_concurrency: 5",
            "vpc: {subnets: [subnet-1], security_groups: sg-1}",
            "efs: {access_point: 'arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0', mount_path: /mnt/data}",
            "dead_letter: arn:aws:sqs:us-east-1:123456789012:dead",
            "on_failure_destination: arn:aws:s3:::failures");

        Assert.Equal((5, "subnet-1", "sg-1"), (function.ReservedConcurrency, Assert.Single(function.Vpc.Subnets), Assert.Single(function.Vpc.SecurityGroups)));
        Assert.Equal("arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0", function.FileSystem?.AccessPoint);
        Assert.Equal(("arn:aws:sqs:us-east-1:123456789012:dead", "arn:aws:s3:::failures"), (function.DeadLetter, function.FailureDestination));
    }

    [Fact]
    public void TakesOneCommandOrSeveralInPlaceOfAScript()
    {
        var functions = Written.Read("functions: {a: {command: 'sort x | uniq'}, b: {commands: [one, two]}}").Pipeline!.Functions;

        Assert.Equal("sort x | uniq", functions[0].Script?.Command);
        Assert.Equal(["one", "two"], functions[1].Script?.Commands);
    }

    [Fact]
    public void KeepsTheTextOfVariables()
    {
        var environment = Written.Short(
            "environment:", "  A: 010", "  B: yes", "  C: 1e3", "  D: null", "  E:", "  F: 2026-11-21", "  G: 'x: y'", "  H: 1.10").Environment;

        Assert.Equal(
            ["010", "yes", "1e3", "null", "", "2026-11-21", "x: y", "1.10"],
            environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value));
    }

    [Fact]
    public void KeepsEverythingBehindTheFirstEqualsSign()
    {
        var environment = Written.Short("environment: ['A=b=c', 'EMPTY=', \"URL=https://x/?a=1&b=2\"]").Environment;

        Assert.Equal(("b=c", "", "https://x/?a=1&b=2"), (environment["A"], environment["EMPTY"], environment["URL"]));
    }

    [Fact]
    public void LeavesHalfTheTimeToTheScriptWhenItIsShort()
    {
        Assert.Equal(TimeSpan.FromSeconds(3), Written.Short("timeout: 6").TimeoutThreshold);
        Assert.Equal(TimeSpan.FromSeconds(10), Written.Short("timeout: 60").TimeoutThreshold);
    }

    [Fact]
    public void SharesBlocksThroughAnchorsAndMergeKeys()
    {
        var functions = Written.Read("""
            x-common: &common
              init_script: run.sh
              memory: 1024
            functions:
              a:
                <<: *common
                memory: 256
              b: *common
            """).Pipeline!.Functions;

        Assert.Equal([256, 1024], functions.Select(function => function.MemoryMiB));
        Assert.All(functions, function => Assert.Equal("/files/run.sh", function.Script?.Path));
    }

    [Fact]
    public void KnowsWhereEachFieldStands()
    {
        var function = Written.Short("memory: 256", "environment:", "  A: 1", "input:", "  - photos/in", "  - other/in");

        Assert.Equal("pipeline.yaml:4:13", function.PlaceOf(nameof(FunctionDefinition.MemoryMiB))?.ToString());
        Assert.Equal("pipeline.yaml:6:7", function.PlaceOf("Environment.A")?.ToString());
        Assert.Equal("pipeline.yaml:9:9", function.PlaceOf("Triggers.1")?.ToString());
        Assert.Equal("pipeline.yaml:2:3", function.PlaceOf(nameof(FunctionDefinition.Timeout))?.ToString());
        Assert.False(function.IsGiven(nameof(FunctionDefinition.Timeout)));
        Assert.True(function.IsGiven(nameof(FunctionDefinition.Environment)));
    }
}
