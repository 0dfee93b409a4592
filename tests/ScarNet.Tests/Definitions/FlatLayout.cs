using ScarNet.Core.Functions;

namespace ScarNet.Tests.Definitions;

/// <summary>Files of SCAR 1 to 3.</summary>
public sealed class FlatLayout
{
    private const string Mrbayes = """
        functions:
          scar-mrbayes-batch:
            image: grycap/mrbayes
            init_script: mrbayes-sample-run.sh
            execution_mode: batch
            s3:
              input_bucket: scar-mrbayes
            environment:
              ITERATIONS: "10000"
        """;

    [Fact]
    public void IsReadAsTheFoundingDocumentHasIt()
    {
        var function = Written.Function(Mrbayes);

        Assert.Equal("scar-mrbayes-batch", function.Name);
        Assert.Equal("grycap/mrbayes", function.Image);
        Assert.Equal("/files/mrbayes-sample-run.sh", function.Script?.Path);
        Assert.Equal(ExecutionMode.Batch, function.Mode);
        Assert.Equal("10000", function.Environment["ITERATIONS"]);
    }

    [Fact]
    public void ReadsAndWritesBelowTheFunctionsNameWhenOnlyABucketIsNamed()
    {
        var function = Written.Function(Mrbayes);

        Assert.Equal(["s3://scar-mrbayes/scar-mrbayes-batch/input/"], function.Triggers.Select(trigger => trigger.ToString()));
        Assert.Equal(["s3://scar-mrbayes/scar-mrbayes-batch/output/{request_id}/"], function.Outputs.Select(output => output.ToString()));
    }

    [Theory]
    [InlineData("{input_bucket: bkt/in}", "s3://bkt/in/", "s3://bkt/f/output/{request_id}/")]
    [InlineData("{input_bucket: bkt/in/}", "s3://bkt/in/", "s3://bkt/f/output/{request_id}/")]
    [InlineData("{input_bucket: bkt, input_folder: in}", "s3://bkt/in/", "s3://bkt/f/output/{request_id}/")]
    [InlineData("{input_bucket: bkt, input_folder: /in/}", "s3://bkt/in/", "s3://bkt/f/output/{request_id}/")]
    [InlineData("{input_bucket: bkt, output_bucket: out}", "s3://bkt/f/input/", "s3://out/f/output/{request_id}/")]
    [InlineData("{input_bucket: bkt, output_bucket: out/a/b}", "s3://bkt/f/input/", "s3://out/a/b/")]
    [InlineData("{input_bucket: bkt, output_folder: res}", "s3://bkt/f/input/", "s3://bkt/res/{request_id}/")]
    [InlineData("{input_bucket: bkt, output_bucket: out, output_folder: res}", "s3://bkt/f/input/", "s3://out/res/{request_id}/")]
    [InlineData("{input_bucket: bkt, output_folder: 'res/{key_stem}'}", "s3://bkt/f/input/", "s3://bkt/res/{key_stem}/")]
    public void TakesFoldersAsItsVersionsDid(string s3, string input, string output)
    {
        var function = Written.Short("s3: " + s3);

        Assert.Equal(input, Assert.Single(function.Triggers).ToString());
        Assert.Equal(output, Assert.Single(function.Outputs).ToString());
    }

    [Fact]
    public void WritesWithoutReadingWhenOnlyAnOutputBucketIsNamed()
    {
        var function = Written.Short("s3: {output_bucket: out/a}");

        Assert.Empty(function.Triggers);
        Assert.Equal("s3://out/a/", Assert.Single(function.Outputs).ToString());
    }

    [Theory]
    [InlineData("s3: {input_folder: a}", "'s3.input_folder' of function 'f' stands without a bucket")]
    [InlineData("s3: {output_folder: a}", "'s3.output_folder' of function 'f' stands without a bucket")]
    [InlineData("s3: {input_bucket: bkt/a, input_folder: b}", "both name a folder")]
    [InlineData("s3: {output_bucket: bkt/a, output_folder: b}", "both name a folder")]
    public void RefusesFoldersThatMakeNoSense(string line, string message)
    {
        Assert.Contains(message, Written.Problems(Written.ShortText(line)), StringComparison.Ordinal);
    }

    [Fact]
    public void TakesEveryFieldOfItsVersions()
    {
        var function = Written.Short(
            "description: text", "time: 90", "timeout_threshold: 20", "memory: 1024", "log_level: debug", "c_args: [a, b c]",
            "lambda_environment: [X1=1]", "profile: work", "region: eu-west-1", "iam: {role: 'arn:aws:iam::123456789012:role/r'}",
            "cloudwatch: {log_retention_policy_in_days: 7}",
            "batch: {vcpus: 2, memory: 2048, enable_gpu: true, state: DISABLED, compute_resources: {state: ENABLED, type: MANAGED, comp_type: SPOT, "
            + "min_v_cpus: 1, desired_v_cpus: 2, max_v_cpus: 4, instance_types: [c5.large], subnets: [subnet-1], security_group_ids: [sg-1]}}");

        Assert.Equal("text", function.Description);
        Assert.Equal(TimeSpan.FromSeconds(90), function.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(20), function.TimeoutThreshold);
        Assert.Equal(1024, function.MemoryMiB);
        Assert.Equal("DEBUG", function.LogLevel);
        Assert.Equal(["a", "b c"], function.Arguments);
        Assert.Equal("1", function.LambdaEnvironment["X1"]);
        Assert.Equal("work", function.Profile);
        Assert.Equal("eu-west-1", function.Region);
        Assert.Equal("arn:aws:iam::123456789012:role/r", function.Role);
        Assert.Equal(7, function.LogRetentionDays);
        Assert.Equal((2m, 2048, 1, "ENABLED"), (function.Batch.Vcpus, function.Batch.MemoryMiB, function.Batch.Gpus, function.Batch.State));
        Assert.Equal(("SPOT", 1, 2, 4), (
            function.Batch.Compute.Type, function.Batch.Compute.MinVcpus, function.Batch.Compute.DesiredVcpus, function.Batch.Compute.MaxVcpus));
        Assert.Equal(["c5.large"], function.Batch.Compute.InstanceTypes);
        Assert.Equal(["subnet-1"], function.Batch.Compute.Subnets);
        Assert.Equal(["sg-1"], function.Batch.Compute.SecurityGroupIds);
    }

    [Fact]
    public void TakesTheBatchBlockOfScar2()
    {
        var function = Written.Short(
            "batch: {state: ENABLED, type: MANAGED, security_group_ids: [sg-1], comp_type: EC2, desired_v_cpus: 0, min_v_cpus: 0, "
            + "max_v_cpus: 2, subnets: [subnet-1, subnet-2], instance_types: [m3.medium]}");

        Assert.Equal(["subnet-1", "subnet-2"], function.Batch.Compute.Subnets);
        Assert.Equal(2, function.Batch.Compute.MaxVcpus);
    }
}
