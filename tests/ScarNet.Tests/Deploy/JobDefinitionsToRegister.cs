using FsCheck;
using FsCheck.Fluent;
using ScarNet.Aws;
using ScarNet.Aws.Batch;
using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Deploy;

public sealed class JobDefinitionsToRegister : IDisposable
{
    private readonly AwsClients clients = new(new AwsSettings { AccessKey = "a", SecretKey = "b", Region = "eu-central-1" });

    /// <summary>DOMAIN.md, D7: a script in base64 made SCAR's definitions too large from 16,100 bytes on.</summary>
    [Fact]
    public void FitIntoWhatBatchTakesWhateverTheScript()
    {
        var scripts =
            from length in Gen.Choose(0, 64 * 1024)
            from letter in Gen.Elements('#', '"', '\\', '\n', 'ü', '\u0001')
            select System.Text.Encoding.UTF8.GetBytes(new string(letter, length));

        Prop.ForAll(
            Arb.From(scripts),
            script => AmazonBatchClient.Body(DefinitionRequest.Of(Batch(script)).Request).Length <= 24 * 1024).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void HaveTheSameHashForTheSameFunctionInAnyOrder()
    {
        var one = Batch("true"u8.ToArray(), ("A", "1"), ("B", "2"));
        var other = Batch("true"u8.ToArray(), ("B", "2"), ("A", "1"));

        Assert.Equal(DefinitionRequest.Of(one).Hash, DefinitionRequest.Of(other).Hash);
    }

    [Fact]
    public void HaveAnotherHashForAnotherScript() =>
        Assert.NotEqual(DefinitionRequest.Of(Batch("true"u8.ToArray())).Hash, DefinitionRequest.Of(Batch("false"u8.ToArray())).Hash);

    [Fact]
    public void TryAgainOnlyWhatIsNobodysFault()
    {
        var rules = DefinitionRequest.Of(Batch("true"u8.ToArray())).Request.RetryStrategy!;

        Assert.Equal(3, rules.Attempts);
        Assert.Equal(
            ["Host EC2*:RETRY", "Task failed to start*:RETRY", "CannotPullContainerError*:EXIT", "196:RETRY", "*:EXIT"],
            rules.EvaluateOnExit!.Select(r => $"{r.OnStatusReason ?? r.OnReason ?? r.OnExitCode}:{r.Action}"));
    }

    [Theory]
    [InlineData("75 137", false, "Host EC2*:RETRY 75:RETRY 137:RETRY 196:RETRY *:EXIT")]
    [InlineData("1 2 3", false, "Host EC2*:RETRY 1:RETRY 2:RETRY 3:RETRY *:EXIT")]
    [InlineData("2", true, "Host EC2*:RETRY 2:EXIT Task failed to start*:RETRY 196:RETRY *:RETRY")]
    [InlineData("196", true, "Host EC2*:RETRY 196:EXIT Task failed to start*:RETRY CannotPullContainerError*:EXIT *:RETRY")]
    public void GoByTheExitCodeWithTheLastRuleForAllTheRest(string exceptions, bool otherwise, string expected)
    {
        var codes = exceptions.Split(' ').ToDictionary(code => int.Parse(code, System.Globalization.CultureInfo.InvariantCulture), _ => !otherwise);

        var rules = RetryStrategies.For(4, new(codes, otherwise));

        Assert.Equal(5, rules.Attempts);
        Assert.Equal(expected, string.Join(' ', rules.EvaluateOnExit!.Select(r => $"{r.OnStatusReason ?? r.OnReason ?? r.OnExitCode}:{r.Action}")));
    }

    /// <summary>DOMAIN.md, B9 and B13: the socket and the scratch directory only where they are needed; amounts as resourceRequirements.</summary>
    [Fact]
    public void MountTheSocketAndTheScratchDirectoryForSiblingsOnly()
    {
        var sibling = DefinitionRequest.Of(Launched(LaunchMode.Sibling)).Request.ContainerProperties!;
        var mounted = DefinitionRequest.Of(Launched(LaunchMode.Mounted)).Request.ContainerProperties!;

        Assert.Equal(
            [$"/opt/scarnet/{new string('0', 64)} at /opt/scarnet", "/scratch at /scratch", "/var/run/docker.sock at /var/run/docker.sock"],
            sibling.Volumes!.Zip(sibling.MountPoints!, (volume, point) => $"{volume.Host!.SourcePath} at {point.ContainerPath}"));
        Assert.Equal("/scratch", sibling.Environment!.Single(variable => variable.Name == "TMPDIR").Value);
        Assert.Equal("tool:1", mounted.Image);
        Assert.Equal($"scarnet/runner:{new string('0', 32)}", sibling.Image);
        Assert.Equal(["VCPU=2", "MEMORY=1128", "GPU=1"], sibling.ResourceRequirements!.Select(r => $"{r.Type}={r.Value}"));
        Assert.Equal(["VCPU=2", "MEMORY=1000", "GPU=1"], mounted.ResourceRequirements!.Select(r => $"{r.Type}={r.Value}"));
        Assert.Single(mounted.MountPoints!);
        Assert.Null(sibling.Vcpus ?? sibling.Memory ?? mounted.Vcpus ?? mounted.Memory);
    }

    /// <summary>DOMAIN.md, 4.6.</summary>
    [Fact]
    public void HaveAContainerForEachPhaseOfMulti()
    {
        var request = DefinitionRequest.Of(Launched(LaunchMode.Multi)).Request;

        var task = Assert.Single(request.EcsProperties!.TaskProperties!);
        Assert.Null(request.ContainerProperties);
        Assert.Equal(
            ["stage-in False  /opt/scarnet/supervisor stage-in", "script False stage-in:SUCCESS /scarnet/supervisor run-script", "stage-out True script:COMPLETE /opt/scarnet/supervisor stage-out"],
            task.Containers!.Select(c => $"{c.Name} {c.Essential} {string.Join(',', c.DependsOn?.Select(d => $"{d.ContainerName}:{d.Condition}") ?? [])} {string.Join(' ', c.Command!)}"));
        Assert.Equal(["tool:1"], task.Containers!.Select(c => c.Image).Where(image => !image!.StartsWith("scarnet/runner:", StringComparison.Ordinal)));
        Assert.Equal(["VCPU=2", "MEMORY=1000", "GPU=1"], task.Containers![1].ResourceRequirements!.Select(r => $"{r.Type}={r.Value}"));
        Assert.DoesNotContain(task.Containers!.SelectMany(c => c.MountPoints!), point => point.ContainerPath == "/var/run/docker.sock");
        Assert.Contains("\"essential\":true", System.Text.Encoding.UTF8.GetString(AmazonBatchClient.Body(request)), StringComparison.Ordinal);
    }

    [Fact]
    public void HaveAnotherHashForAnotherLaunchMode() => Assert.Equal(
        4,
        new[] { Launched(LaunchMode.Mounted), Launched(LaunchMode.Sibling), Launched(LaunchMode.Multi), Launched(LaunchMode.Mounted) with { Function = Tool(LaunchMode.Mounted) with { ReadOnlyRoot = true } } }
            .Select(plan => DefinitionRequest.Of(plan).Hash).Distinct().Count());

    public void Dispose() => clients.Dispose();

    private static FunctionDefinition Tool(LaunchMode launch) => new()
    {
        Name = "tool",
        Image = "tool:1",
        Mode = ExecutionMode.Batch,
        Launch = launch,
        Script = ScriptSource.File("/script"),
        Batch = new() { Vcpus = 2, MemoryMiB = 1000, Gpus = 1 },
    };

    private FunctionPlan Launched(LaunchMode launch) => Batch("true"u8.ToArray()) with { Function = Tool(launch) };

    private FunctionPlan Batch(byte[] script, params (string Name, string Value)[] environment) => new(
        new FunctionDefinition
        {
            Name = "count",
            Mode = ExecutionMode.Batch,
            Script = ScriptSource.File("/script"),
            Environment = environment.ToDictionary(e => e.Name, e => e.Value),
        },
        "test",
        new Target(clients, "000000000000", "eu-central-1"),
        new SupervisorBinary("/none", new string('0', 64)),
        script,
        Attachments.None);
}
