using ScarNet.Core.Functions;

namespace ScarNet.Tests.Definitions;

/// <summary>Files shaped like the examples that SCAR's users start from.</summary>
public sealed class ShapesOfScarsExamples
{
    [Fact]
    public void ASaying()
    {
        var function = Written.Function("functions: {scar-cowsay: {image: grycap/cowsay, init_script: cowsay.sh, memory: 128, time: 60}}");

        Assert.Empty(function.Triggers);
        Assert.Empty(function.Outputs);
    }

    [Fact]
    public void AVideoThatIsCutInBatchAndWhoseFramesAreSeenInLambda()
    {
        var pipeline = Written.Read("""
            functions:
              aws:
              - lambda:
                  name: scar-batch-ffmpeg-split
                  init_script: split-video.sh
                  execution_mode: batch
                  log_level: debug
                  container: {image: grycap/ffmpeg}
                  input: [{storage_provider: s3, path: scar-video/input}]
                  output: [{storage_provider: s3, path: scar-video/split}]
                batch: {vcpus: 1, memory: 1024, compute_resources: {instance_types: [m5.large], subnets: [subnet-1], security_group_ids: [sg-1]}}
              - lambda:
                  name: scar-lambda-darknet
                  init_script: yolo.sh
                  memory: 3008
                  container: {image: grycap/darknet}
                  input: [{storage_provider: s3, path: scar-video/split}]
                  output:
                  - {storage_provider: s3, path: scar-video/output/image, suffix: [jpg]}
                  - {storage_provider: s3, path: scar-video/output/prediction, suffix: [txt]}
            """).Pipeline!;

        Assert.Equal(
            ["scar-batch-ffmpeg-split → s3://scar-video/split/ → scar-lambda-darknet"], PipelineGraph.Of(pipeline).Links.Select(link => link.ToString()));
        Assert.Equal("DEBUG", pipeline.Functions[0].LogLevel);
    }

    [Fact]
    public void APictureAndASoundThatGoDifferentWaysBySuffix()
    {
        var pipeline = Written.Read("""
            functions:
              aws:
              - lambda:
                  name: scar-split
                  init_script: split.sh
                  input: [{storage_provider: s3, path: scar-av}]
                  output:
                  - {storage_provider: s3, path: scar-av-frames, suffix: [avi]}
                  - {storage_provider: s3, path: scar-av-sound, suffix: [wav]}
              - lambda:
                  name: scar-frames
                  init_script: frames.sh
                  execution_mode: batch
                  input: [{storage_provider: s3, path: scar-av-frames}]
                batch: {enable_gpu: true, vcpus: 4, memory: 16384, compute_resources: {max_v_cpus: 4, instance_types: [g3s.xlarge]}}
              - lambda:
                  name: scar-sound
                  init_script: sound.sh
                  input: [{storage_provider: s3, path: scar-av-sound}]
            """).Pipeline!;

        var graph = PipelineGraph.Of(pipeline);
        Assert.Equal(["scar-frames", "scar-sound"], graph.Links.Select(link => link.To.Name));
        Assert.Equal(["scar-split"], graph.Roots.Select(function => function.Name));
    }

    /// <summary>Safe in SCAR 3 thanks to its folders, a loop for ever in SCAR 4.</summary>
    [Fact]
    public void ABucketThatIsReadAndWritten()
    {
        const string flat = "functions: {scar-split: {init_script: split.sh, s3: {input_bucket: scar-video, output_bucket: scar-video/output}}}";
        const string fdl = """
            functions:
              aws:
              - lambda:
                  name: scar-split
                  init_script: split.sh
                  input: [{storage_provider: s3, path: scar-video}]
                  output: [{storage_provider: s3, path: scar-video/output}]
            """;

        Assert.Equal("", Written.Problems(flat));
        Assert.Contains("function 'scar-split' feeds itself", Written.Problems(fdl), StringComparison.Ordinal);
    }

    [Fact]
    public void AMaskDetectorThatBeginsOnAClusterOfItsOwn()
    {
        var result = Written.Read("""
            functions:
              oscar:
              - oscar-cluster: {name: blurry-faces, image: grycap/blurry-faces, script: blurry-faces.sh, memory: 4Gi, cpu: '1'}
              aws:
              - lambda:
                  name: scar-mask-detector
                  init_script: mask-detector.sh
                  memory: 1024
                  timeout: 300
                  container: {image: grycap/mask-detector-yolo:mini}
                  input: [{storage_provider: s3, path: scar-mask/blurred}]
                  output: [{storage_provider: minio.my_minio, path: mask/result}, {storage_provider: s3, path: scar-mask/result}]
            storage_providers:
              minio:
                my_minio: {endpoint: 'https://minio.example', region: us-east-1, access_key: a, secret_key: b}
              s3:
                my_s3: {access_key: a, secret_key: b, region: us-east-1}
            """);

        Assert.Equal("s3://scar-mask/result/", Assert.Single(Assert.Single(result.Pipeline!.Functions).Outputs).ToString());
        Assert.Equal(
            ["'functions.oscar' is left out", "'lambda.output[0]' of function 'scar-mask-detector' is not used on the local engine"],
            result.Problems.Select(problem => problem.Message));
    }
}
