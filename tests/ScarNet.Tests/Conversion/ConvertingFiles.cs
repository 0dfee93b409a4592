using FsCheck;
using FsCheck.Fluent;
using ScarNet.Cli.Conversion;
using ScarNet.Cli.Definitions;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Conversion;

/// <summary>Whatever is converted means afterwards what it meant before.</summary>
public sealed class ConvertingFiles
{
    private static readonly string[] documents =
    [
        "functions: {scar-cowsay: {image: grycap/cowsay, init_script: cowsay.sh, memory: 128, time: 60}}",
        """
        functions:
          scar-mrbayes-batch:
            image: grycap/mrbayes
            init_script: mrbayes.sh
            execution_mode: batch
            environment: [ITERATIONS=10000, 'A=b=c', EMPTY=]
            s3: {input_bucket: scar-mrbayes, deployment_bucket: zips}
            api_gateway: {name: api}
            supervisor_version: latest
            lambda_role: r
            batch: {vcpus: 2, state: ENABLED, type: MANAGED, comp_type: SPOT, instance_types: [m5.large], subnets: [subnet-1], security_group_ids: [sg-1]}
            iam: {role: 'arn:aws:iam::123456789012:role/r'}
            cloudwatch: {log_retention_policy_in_days: 5}
        """,
        """
        functions:
          f:
            run_script: other.sh
            c_args: [010, yes, '', ~, 1e3]
            init_script: run.sh
            lambda_environment: {LEVEL: 010}
            s3: {input_bucket: bkt/in, output_bucket: out/a/b}
            execution_mode: batch
            batch: {environment: {X: yes}, compute_resources: {state: DISABLED, type: MANAGED, comp_type: EC2, max_v_cpus: 4}}
            log_level: critical
            profile: work
            region: eu-west-1
        """,
        """
        functions:
          aws:
          - lambda:
              name: f
              boto_profile: work
              region: eu-west-1
              image: over/ruled
              init_script: run.sh
              runtime: python3.7
              execution_mode: lambda-batch
              log_level: debug
              timeout: 1m30s
              file_stage_in: true
              container:
                image: grycap/x
                timeout_threshold: 20
                create_image: true
                environment: {Variables: {ITERATIONS: 10, B: yes, NONE: null}}
              environment: {Variables: [AB=1]}
              supervisor: {version: 1.2.3}
              deployment: {bucket: zips, max_payload_size: 1}
              input: [{storage_provider: s3, path: bkt/in/}]
              output:
              - {storage_provider: s3, path: bkt/out, prefix: [a], suffix: [.jpg, .png]}
              - {storage_provider: minio.mine, path: x/y}
              vpc: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}
              file_system: [{Arn: 'arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0', LocalMountPath: /mnt/data}]
            iam: {boto_profile: other, role: 'arn:aws:iam::123456789012:role/r'}
            cloudwatch: {region: eu-west-1, log_retention_policy_in_days: 14}
            s3: {region: us-east-1, event: {Records: []}}
            ecr: {delete_image: true}
            api_gateway: {name: api, http_method: ANY}
            batch: {enable_gpu: true, boto_profile: work, environment: {Variables: {Y: 1}}, compute_resources: {type: SPOT, instance_types: [g3s.xlarge]}}
          oscar:
          - my-cluster: {name: blur, auth_password: secret}
        storage_providers:
          minio:
            mine: {endpoint: 'https://minio.example', access_key: a, secret_key: b}
        """,
        """
        x-common: &common
          image: debian
          environment: &env {A: 1, B: two}
        functions:
          one:
            <<: *common
            command: |
              tr a-z A-Z <"$INPUT_FILE_PATH" |
                sort
            input: photos/in
            output: {path: photos/out, required: true, tags: [a=b]}
            retries: 2
          two:
            <<: *common
            commands: ["echo 'a: b' # c", 'printf "%s\n" x', "  lead"]
            environment: {<<: *env, B: "multi\nline\n", ODD_KEY#: "- x", C: "", D: " lead", E: "tail ", F: "\t", H: "\U0001F389", I: "a\r\nb"}
            shell: [bash, -e]
            parameters: {depth: 30, text: '~', empty: , q: 'null'}
            files: [lib/tool.py, ./data/]
            reserved_concurrency: 3
            inputs: {ref: 's3://b/k?'}
            dead_letter: arn:aws:sqs:us-east-1:123456789012:q
        """,
    ];

    public static TheoryData<int> Documents { get; } = new(Enumerable.Range(0, documents.Length));

    public static TheoryData<string> Files { get; } = new(
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "testdata", "definitions"), "*.yaml")
            .Concat(Directory.EnumerateFiles(Path.Combine(Root(), "examples"), "*.yaml", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root(), path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Documents))]
    public void KeepsTheMeaningOfDocumentsOfEveryLayout(int number) => Meaning.Same(Meaning.File(documents[number]));

    [Theory]
    [MemberData(nameof(Files))]
    public void KeepsTheMeaningOfEveryGoodFileOfTheTestsAndExamples(string path)
    {
        var file = DefinitionFiles.Load([Path.Join(Root(), path)], "/", Stream.Null, _ => { }).Single();

        if (Meaning.Read(file) is null)
        {
            var refused = Converter.Convert(file, file.Directory, _ => true);
            Assert.Null(refused.Yaml);
            Assert.Contains(refused.Problems, problem => !problem.IsWarning);
        }
        else
        {
            Meaning.Same(file);
        }
    }

    [Fact]
    public void KeepsAnyTextOfAVariable()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<string>>(),
            text => Kept(text.Get) && Kept(text.Get + "\n") && Kept("a\n" + text.Get) && Kept("é🎉\u2028" + text.Get)).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
    }

    [Theory]
    [InlineData("010")]
    [InlineData("yes")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("1e3")]
    [InlineData("~")]
    [InlineData("2026-01-01")]
    [InlineData("12:30")]
    [InlineData("0x1F")]
    [InlineData(".inf")]
    [InlineData("<<")]
    public void PutsQuotesAroundWhatOtherReadersRetype(string text)
    {
        Assert.True(Kept(text));
        Assert.Contains($"      A: '{text}'\n", Meaning.Convert($"functions: {{f: {{command: x, environment: ['A={text}']}}}}").Yaml!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-5d")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("'")]
    [InlineData("#")]
    [InlineData("{a")]
    [InlineData("a:")]
    [InlineData("...")]
    [InlineData("---")]
    [InlineData("\n")]
    [InlineData(" \n")]
    [InlineData("\n a")]
    [InlineData("a\n\n")]
    [InlineData("a\n  b\n\nc")]
    [InlineData("a\n \nb")]
    [InlineData("a\n\tb")]
    [InlineData("a\n# b\n")]
    [InlineData("\u0085\u00a0\ufeff\u200b")]
    public void KeepsHardTexts(string text) => Assert.True(Kept(text));

    private static bool Kept(string text)
    {
        // A zero character is no character of YAML's, but an escape of it is.
        var yaml = $"functions:\n  f:\n    command: x\n    environment:\n      A: {System.Text.Json.JsonSerializer.Serialize(text)}\n";
        if (Meaning.Read(Meaning.File(yaml)) is not { } pipeline)
        {
            return Meaning.Convert(yaml).Yaml is null;
        }

        var again = Meaning.Read(Meaning.File(Meaning.Convert(yaml).Yaml!))!;
        return again.Functions[0].Environment["A"] == pipeline.Functions[0].Environment["A"];
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(directory.FullName, "ScarNet.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("no ScarNet.sln above the tests");
        }

        return directory.FullName;
    }
}
