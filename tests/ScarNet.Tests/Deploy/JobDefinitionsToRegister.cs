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

    public void Dispose() => clients.Dispose();

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
        script);
}
