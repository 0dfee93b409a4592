using ScarNet.Cli.Definitions;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Definitions;

/// <summary>Built in, then the user's configuration, then the file, then the flags.</summary>
public sealed class LayersOfDefaults
{
    private const string ScarCfg = """
        {
            "scar": {"config_version": "1.0.9"},
            "aws": {
                "iam": {"boto_profile": "default", "role": "arn:aws:iam::123456789012:role/scar"},
                "lambda": {
                    "boto_profile": "default", "region": "us-east-1", "execution_mode": "lambda", "timeout": 250, "memory": 1024,
                    "description": "Automatically generated lambda function", "runtime": "python3.7", "layers": [], "invocation_type": "RequestResponse",
                    "asynchronous": false, "log_type": "Tail", "log_level": "INFO",
                    "environment": {"Variables": {"UDOCKER_BIN": "/opt/udocker/bin/", "UDOCKER_LIB": "/opt/udocker/lib/", "UDOCKER_DIR": "/tmp/shared/udocker", "UDOCKER_EXEC": "/opt/udocker/udocker.py"}},
                    "deployment": {"max_payload_size": 52428800, "max_s3_payload_size": 262144000},
                    "container": {"environment": {"Variables": {}}, "timeout_threshold": 10},
                    "supervisor": {"version": "latest", "layer_name": "faas-supervisor", "license_info": "Apache 2.0"}
                },
                "s3": {"boto_profile": "default", "region": "us-east-1", "event": {"Records": [{"eventSource": "aws:s3"}]}},
                "api_gateway": {"boto_profile": "default", "region": "us-east-1", "endpoint": "https://{api_id}", "http_method": "ANY",
                    "method": {"authorizationType": "NONE"}, "integration": {"type": "AWS_PROXY"}, "path_part": "{proxy+}", "stage_name": "scar"},
                "cloudwatch": {"boto_profile": "default", "region": "us-east-1", "log_retention_policy_in_days": 14},
                "batch": {
                    "boto_profile": "default", "region": "us-east-1", "vcpus": 1, "memory": 2048, "enable_gpu": false, "state": "ENABLED", "type": "MANAGED",
                    "environment": {"Variables": {}},
                    "compute_resources": {"type": "EC2", "min_v_cpus": 0, "desired_v_cpus": 0, "max_v_cpus": 2, "instance_types": ["m3.medium"],
                        "subnets": ["subnet-1"], "security_group_ids": ["sg-1"], "instance_role": "arn:aws:iam::123456789012:instance-profile/ecs",
                        "launch_template_name": "faas-supervisor"},
                    "service_role": "arn:aws:iam::123456789012:role/service-role/AWSBatchServiceRole",
                    "multi_node_parallel": {"enabled": false, "number_nodes": 10, "main_node_index": 0}
                }
            }
        }
        """;

    [Fact]
    public void ReadScarsOwnConfigurationAsItStands()
    {
        var result = Written.Read(Written.ShortText(), Configured(ScarCfg));

        Assert.Empty(result.Problems);
        var function = Assert.Single(result.Pipeline!.Functions);
        Assert.Equal((1024, 250, 14, 2048), (function.MemoryMiB, function.Timeout.TotalSeconds, function.LogRetentionDays, function.Batch.MemoryMiB));
        Assert.Equal("arn:aws:iam::123456789012:role/scar", function.Role);
        Assert.Equal(["subnet-1"], function.Batch.Compute.Subnets);
        Assert.Null(function.Profile);
        Assert.Empty(function.LambdaEnvironment);
    }

    [Fact]
    public void ReadTheConfigurationOfScar2()
    {
        var function = Written.Function(
            Written.ShortText(),
            Configured("""
                {"aws": {"boto_profile": "work", "region": "eu-west-1", "execution_mode": "batch", "lambda": {"time": 100, "timeout_threshold": 5},
                 "batch": {"state": "ENABLED", "type": "MANAGED", "security_group_ids": ["sg-1"], "comp_type": "EC2", "desired_v_cpus": 0,
                           "min_v_cpus": 0, "max_v_cpus": 4, "subnets": ["subnet-1"], "instance_types": ["m3.medium"]}}}
                """));

        Assert.Equal(("work", "eu-west-1", ExecutionMode.Batch, 100), (function.Profile, function.Region, function.Mode, function.Timeout.TotalSeconds));
        Assert.Equal(4, function.Batch.Compute.MaxVcpus);
    }

    [Fact]
    public void ReplaceListsAndNeverJoinThem()
    {
        var function = Written.Function(
            Written.ShortText("batch: {compute_resources: {instance_types: [g3s.xlarge]}}"),
            Configured("defaults: {batch: {compute_resources: {instance_types: [m3.medium], subnets: [subnet-1]}}}"));

        Assert.Equal(["g3s.xlarge"], function.Batch.Compute.InstanceTypes);
        Assert.Equal(["subnet-1"], function.Batch.Compute.Subnets);
    }

    [Fact]
    public void OverrideVariablesOneByOne()
    {
        var function = Written.Function(Written.ShortText("environment: {A: file}"), Configured("defaults: {environment: {A: mine, B: mine}}"));

        Assert.Equal(("file", "mine"), (function.Environment["A"], function.Environment["B"]));
    }

    [Fact]
    public void TellOfAConfigurationThatIsWrong()
    {
        Assert.Equal(
            """
            scarnet: warning: config.yaml:1:12: unknown key 'timout' in the configuration
            scarnet: hint: did you mean 'timeout'?
            scarnet: error: config.yaml:1:32: 'memory' of the configuration must be a memory size, not 'lots'
            scarnet: hint: whole MiB, or with a unit: 512, 512MiB, 2GiB

            """,
            Written.Problems(Written.ShortText(), Configured("defaults: {timout: 60, memory: lots}")));
    }

    [Fact]
    public void ReadNothingFromAnEmptyConfiguration()
    {
        Assert.Equal(512, Written.Function(Written.ShortText(), Configured("# nothing\n")).MemoryMiB);
    }

    private static DefinitionDefaults Configured(string text) =>
        Written.Defaults with { Configuration = new DefinitionText("config.yaml", "/home/me/.scarnet", text) };
}
