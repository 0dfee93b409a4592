using ScarNet.Cli.Definitions;

namespace ScarNet.Tests.Conversion;

/// <summary>What SCAR did without a word is said, on the terminal and in the file.</summary>
public sealed class TellingOfTraps
{
    [Theory]
    [InlineData("s3: {input_bucket: bkt}", "4:24: 's3.input_bucket' of function 'f' names no folder", "input:\n      - path: bkt/f/input\n")]
    [InlineData("s3: {input_bucket: bkt}", "4:24: 's3' of function 'f' has no 'output_bucket'", "output:\n      - path: bkt/f/output/{request_id}\n")]
    [InlineData("s3: {input_bucket: bkt/in}", "4:24: 's3' of function 'f' names no folder for outputs", "input:\n      - path: bkt/in\n")]
    [InlineData("s3: {input_bucket: bkt, input_folder: in/x/}", "4:24: 's3' of function 'f' names no folder", "input:\n      - path: bkt/in/x\n")]
    [InlineData("s3: {input_bucket: bkt, output_bucket: out}", "4:44: 's3' of function 'f' names no folder for outputs", "output:\n      - path: out/f/output/{request_id}\n")]
    [InlineData("s3: {input_bucket: bkt, output_folder: res}", "4:44: to 's3.output_folder' of function 'f' SCAR 2 added the id", "output:\n      - path: bkt/res/{request_id}\n")]
    [InlineData("s3: {input_bucket: bkt, output_bucket: out/a}", "4:44: 's3.output_bucket' of function 'f' names a folder: SCAR 3 wrote right into it", "output:\n      - path: out/a\n")]
    [InlineData("time: 60", "4:5: 'time' of function 'f' is called 'timeout' now", "timeout: 60\n")]
    [InlineData("log_level: debug", "4:16: 'log_level' of function 'f' is 'debug', which is 'DEBUG' here", "log_level: DEBUG\n")]
    [InlineData("environment: {A: 10, B: yes}", "4:29: B of function 'f' is no text to every reader of YAML", "A: '10'\n      B: 'yes'\n")]
    [InlineData("batch: {comp_type: SPOT}", "4:13: 'batch.comp_type' of function 'f' is the machines' type", "compute_resources:\n        type: SPOT\n")]
    [InlineData("batch: {max_v_cpus: 4}", "4:13: 'batch.max_v_cpus' of function 'f' stands in 'batch.compute_resources' now", "max_v_cpus: 4\n")]
    [InlineData("batch: {compute_resources: {type: MANAGED}}", "4:33: 'batch.compute_resources.type' of function 'f' is the type of the compute environment", "batch:\n      type: MANAGED\n")]
    [InlineData("supervisor_version: 1.2.3", "4:5: 'supervisor_version' of function 'f' is left out", "# left out: supervisor_version: 1.2.3 (")]
    [InlineData("lambda_role: r", "4:5: 'lambda_role' of function 'f' is left out", "# left out: lambda_role: r (")]
    [InlineData("api_gateway: {name: api}", "4:19: 'api_gateway.name' of function 'f' is left out", "# left out: api_gateway.name: api (")]
    [InlineData("asynchronous: true", "4:5: 'asynchronous' of function 'f' is left out", "# left out: asynchronous: true (")]
    [InlineData("extra_payload: dir", "4:5: 'extra_payload' of function 'f' is left out", "# left out: extra_payload: dir (")]
    public void OfScar1To3(string line, string warning, string written) => Says(Definitions.Written.ShortText(line), warning, written);

    [Theory]
    [InlineData("container: {environment: {Variables: {A: 010}}}", "6:48: A of function 'f' is no text to every reader", "A: '010'\n")]
    [InlineData("file_stage_in: true", "6:7: 'lambda.file_stage_in' of function 'f' is left out", "# left out: lambda.file_stage_in: true (its name says the opposite of what it did")]
    [InlineData("runtime: python3.7", "6:7: 'lambda.runtime' of function 'f' is left out", "# left out: lambda.runtime: python3.7 (")]
    [InlineData("container: {create_image: true, alpine: true}", "6:39: 'lambda.container.alpine' of function 'f' is left out", "# left out: lambda.container.create_image: true (")]
    [InlineData("supervisor: {version: 1}", "6:20: 'lambda.supervisor.version' of function 'f' is left out", "# left out: lambda.supervisor.version: 1 (")]
    [InlineData("region: eu-west-1\n    s3: {region: us-east-1}", "7:10: 's3.region' of function 'f' is left out", "# left out: s3.region: us-east-1 (one profile and one region")]
    [InlineData("memory: 512\n    batch: {compute_resources: {instance_types: [g3s.xlarge]}}", "7:49: SCAR 4 added 'm3.medium' of its own", "instance_types: [g3s.xlarge]\n")]
    [InlineData("memory: 512\n    batch: {region: x}", "7:13: 'batch.region' of function 'f' is left out", "# left out: batch.region: x (")]
    public void OfScar4(string lines, string warning, string written) => Says(Definitions.Written.FdlText(lines), warning, written);

    [Fact]
    public void NamesOscarsFunctionsWithoutTheirPasswords()
    {
        var converted = Meaning.Convert(Definitions.Written.FdlText() + "  oscar:\n  - my-cluster: {name: blur, auth_password: hush}\n");

        Assert.Contains("# Left out: functions.oscar ('blur' on 'my-cluster')", converted.Yaml!, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", converted.Yaml!, StringComparison.Ordinal);
        Assert.Contains("'functions.oscar' is left out", ProblemText.Format(converted.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void NeverDropsAFieldWithoutAWord()
    {
        const string yaml = """
            functions:
              aws:
              - lambda: {name: f, init_script: r.sh, architectures: [arm64], log_type: Tail, preheat: true, invocation_type: Event, asynchronous: true, extra_payload: d,
                  deployment: {max_s3_payload_size: 1}, supervisor: {layer_name: l, license_info: m}}
                iam: {boto_profile: p}
                api_gateway: {boto_profile: a, region: r, endpoint: e, http_method: ANY, method: {a: b}, integration: {c: d}, path_part: x, stage_name: s, service_id: i}
                cloudwatch: {boto_profile: w}
                ecr: {region: r, delete_image: false}
                s3: {event: {Records: [{a: b}]}}
            """;
        var unused = Meaning.Read(Meaning.File(yaml))!.Functions[0].NotUsedYet.Keys;

        var converted = Meaning.Convert(yaml);

        Assert.NotEmpty(unused);
        Assert.All(unused, path => Assert.Contains($"left out: {path}: ", converted.Yaml!.ReplaceLineEndings(" ").Replace("     # ", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(unused, path => Assert.Contains(converted.Problems, problem => problem.Message.StartsWith($"'{path}' of", StringComparison.Ordinal)));
    }

    [Fact]
    public void SaysThatCommentsAreNotCarriedOver() => Assert.Contains(
        "scarnet: warning: scar.yaml:2:1: comments are not carried over",
        ProblemText.Format(Meaning.Convert("functions:\n# hello\n  f: {command: 'echo # no'}").Problems),
        StringComparison.Ordinal);

    [Fact]
    public void SaysNothingOfAFileThatHasNoTraps() => Assert.Empty(
        Meaning.Convert(Definitions.Written.ShortText("input: photos/in", "output: photos/out", "environment: {A: 1, B: text}", "memory: 1GiB")).Problems);

    [Fact]
    public void RefusesWhatTheShortLayoutCannotSay()
    {
        var converted = Meaning.Convert(Definitions.Written.ShortText("s3: {input_bucket: bkt, input_folder: a//b}"));

        Assert.Null(converted.Yaml);
        Assert.Contains(converted.Problems, problem => !problem.IsWarning && problem.Message.Contains("the short layout cannot say", StringComparison.Ordinal));
    }

    [Fact]
    public void MovesPathsWithTheFile()
    {
        var yaml = Meaning.Convert("functions: {f: {init_script: a/run.sh, run_script: /abs.sh, files: [lib/x], package: p.zip}}", "/out/there").Yaml!;

        Assert.Contains("init_script: ../../files/a/run.sh\n", yaml, StringComparison.Ordinal);
        Assert.Contains("run_script: /abs.sh\n", yaml, StringComparison.Ordinal);
        Assert.Contains("files:\n      lib/x: ../../files/lib/x\n", yaml, StringComparison.Ordinal);
        Assert.Contains("package: ../../files/p.zip\n", yaml, StringComparison.Ordinal);
    }

    private static void Says(string yaml, string warning, string written)
    {
        var converted = Meaning.Convert(yaml);

        Assert.Contains($"scarnet: warning: scar.yaml:{warning}", ProblemText.Format(converted.Problems), StringComparison.Ordinal);
        Assert.Contains(written, converted.Yaml!, StringComparison.Ordinal);
        Assert.Contains("    # ", converted.Yaml!, StringComparison.Ordinal);
    }

}
