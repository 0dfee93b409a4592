using ScarNet.Core.Functions;

namespace ScarNet.Tests.Definitions;

/// <summary>Files of SCAR 4.</summary>
public sealed class ScarsFdl
{
    [Fact]
    public void IsReadWithItsSiblingBlocks()
    {
        var function = Written.Function("""
            functions:
              aws:
              - lambda:
                  name: scar-batch-video
                  boto_profile: work
                  region: eu-west-1
                  init_script: split.sh
                  execution_mode: batch
                  log_level: warning
                  memory: 1024
                  timeout: 200
                  description: splits a clip
                  container:
                    image: jrottenberg/ffmpeg:4.1-ubuntu
                    timeout_threshold: 15
                    environment:
                      Variables:
                        RATE: 1
                  environment:
                    Variables:
                      LEVEL: "2"
                  input:
                  - storage_provider: s3
                    path: videos/in
                  output:
                  - storage_provider: s3
                    path: videos/frames/
                    prefix: [a]
                    suffix: [jpg, png]
                  - storage_provider: s3
                    path: videos-log
                  tags: {team: film}
                  deployment: {bucket: my-deployments}
                iam:
                  role: arn:aws:iam::123456789012:role/r
                cloudwatch:
                  log_retention_policy_in_days: 5
                batch:
                  vcpus: 2
                  memory: 4096
                  enable_gpu: true
                  state: ENABLED
                  type: MANAGED
                  environment: {Variables: {DEEP: 1}}
                  service_role: arn:aws:iam::123456789012:role/s
                  compute_resources:
                    type: EC2
                    min_v_cpus: 0
                    desired_v_cpus: 1
                    max_v_cpus: 8
                    instance_types: [g3s.xlarge]
                    subnets: [subnet-1, subnet-2]
                    security_group_ids: [sg-1]
                    instance_role: my-profile
                    launch_template_name: my-template
            """);

        Assert.Equal(("scar-batch-video", "work", "eu-west-1", "WARNING"), (function.Name, function.Profile, function.Region, function.LogLevel));
        Assert.Equal(("/files/split.sh", ExecutionMode.Batch, 1024), (function.Script?.Path, function.Mode, function.MemoryMiB));
        Assert.Equal((200, 15), (function.Timeout.TotalSeconds, function.TimeoutThreshold.TotalSeconds));
        Assert.Equal("jrottenberg/ffmpeg:4.1-ubuntu", function.Image);
        Assert.Equal(("1", "2", "1"), (function.Environment["RATE"], function.LambdaEnvironment["LEVEL"], function.Batch.Environment["DEEP"]));
        Assert.Equal("s3://videos/in/", Assert.Single(function.Triggers).ToString());
        Assert.Equal(["s3://videos/frames/", "s3://videos-log/"], function.Outputs.Select(output => output.ToString()));
        Assert.Equal(["a"], function.Outputs[0].Prefixes);
        Assert.Equal(["jpg", "png"], function.Outputs[0].Suffixes);
        Assert.Equal(("film", "my-deployments", 5), (function.Tags["team"], function.DeploymentBucket, function.LogRetentionDays));
        Assert.Equal("arn:aws:iam::123456789012:role/r", function.Role);
        Assert.Equal((2m, 4096, 1, "arn:aws:iam::123456789012:role/s"), (
            function.Batch.Vcpus, function.Batch.MemoryMiB, function.Batch.Gpus, function.Batch.ServiceRole));
        Assert.Equal((8, "my-profile", "my-template"), (
            function.Batch.Compute.MaxVcpus, function.Batch.Compute.InstanceRole, function.Batch.Compute.LaunchTemplateName));
    }

    [Fact]
    public void KeepsEveryFunctionOfTheFile()
    {
        var pipeline = Written.Read("""
            functions:
              aws:
              - lambda: {name: a, init_script: a.sh, input: [{storage_provider: s3, path: one/in}], output: [{storage_provider: s3, path: two/in}]}
              - lambda: {name: b, init_script: b.sh, input: [{storage_provider: s3, path: two/in}]}
            """).Pipeline!;

        Assert.Equal(["a", "b"], pipeline.Functions.Select(function => function.Name));
        Assert.Equal(["a"], PipelineGraph.Of(pipeline).Roots.Select(function => function.Name));
    }

    [Fact]
    public void HasTheBucketItselfWhenAPathNamesNoFolder()
    {
        Assert.Equal("s3://photos/", Assert.Single(Written.Fdl("input: [{storage_provider: s3, path: photos}]").Triggers).ToString());
    }

    [Fact]
    public void TakesTheImageInEitherPlace()
    {
        Assert.Equal("debian", Written.Fdl("image: debian").Image);
        Assert.Equal("debian", Written.Fdl("container: {image: debian}").Image);
    }

    [Fact]
    public void TakesNetworkAndFileSystemAsScarWroteThem()
    {
        var function = Written.Fdl(
            "vpc: {SubnetIds: [subnet-1, subnet-2], SecurityGroupIds: [sg-1]}",
            "file_system: [{Arn: 'arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0', LocalMountPath: /mnt/data}]",
            "layers: ['arn:aws:lambda:us-east-1:123456789012:layer:l:1']");

        Assert.Equal(["subnet-1", "subnet-2"], function.Vpc.Subnets);
        Assert.Equal(["sg-1"], function.Vpc.SecurityGroups);
        Assert.Equal("/mnt/data", function.FileSystem?.Path);
        Assert.Equal(["arn:aws:lambda:us-east-1:123456789012:layer:l:1"], function.Layers);
        Assert.Null(Written.Fdl("vpc: {}", "file_system: []").FileSystem);
        Assert.Empty(function.NotUsedYet);
    }

    [Fact]
    public void KeepsWhatNothingActsOnYet()
    {
        var function = Written.Fdl(
            "runtime: image", "architectures: [arm64]", "preheat: true", "supervisor: {version: latest}");

        Assert.Equal(
            [
                ("lambda.supervisor.version", "latest"), ("lambda.runtime", "image"), ("lambda.architectures", "[arm64]"),
                ("lambda.preheat", "true"),
            ],
            function.NotUsedYet.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void KeepsDeclaredStoragesWithTheirSettings()
    {
        var result = Written.Read(Written.FdlText() + "storage_providers:\n  minio:\n    mine: {endpoint: 'https://minio.example', verify: 010}\n");

        var provider = Assert.Single(result.Pipeline!.StorageProviders);
        Assert.Equal(("minio.mine", "010"), (provider.ToString(), provider.Settings["verify"]));
    }

    [Fact]
    public void LeavesOscarOutWithAWarning()
    {
        var problem = Assert.Single(Written.Read(Written.FdlText() + "  oscar:\n  - cluster: {name: x, script: y}\n").Problems);

        Assert.True(problem.IsWarning);
    }

    [Fact]
    public void LetsAFunctionOfTheShortLayoutBeCalledAws()
    {
        Assert.Equal("aws", Written.Function("functions: {aws: {init_script: run.sh}}").Name);
    }
}
