using Amazon.Runtime;
using ScarNet.Aws.CloudFormation.Model;
using ScarNet.Cli.Health;
using ScarNet.Core;

namespace ScarNet.Tests.Health;

/// <summary>What <c>scarnet doctor</c> thinks of what it sees.</summary>
public sealed class JudgingFindings
{
    [Theory]
    [InlineData(0, nameof(Level.Ok), "as AWS's")]
    [InlineData(-30, nameof(Level.Ok), "30 s behind AWS's")]
    [InlineData(90, nameof(Level.Warning), "90 s ahead of AWS's")]
    [InlineData(300, nameof(Level.Warning), "300 s ahead of AWS's")]
    [InlineData(301, nameof(Level.Problem), "301 s ahead of AWS's: signatures are refused")]
    [InlineData(-86400, nameof(Level.Problem), "86400 s behind AWS's: signatures are refused")]
    public void OfTheClock(int secondsAhead, string level, string message)
    {
        var finding = MachineVerdicts.Clock(TimeSpan.FromSeconds(secondsAhead));

        Assert.Equal(level, finding.Level.ToString());
        Assert.StartsWith(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal(finding.Level != Level.Ok, finding.Mend is not null);
    }

    [Theory]
    [InlineData(100, nameof(Level.Problem))]
    [InlineData(300, nameof(Level.Warning))]
    [InlineData(2048, nameof(Level.Ok))]
    public void OfTheDisk(long freeMiB, string level) =>
        Assert.Equal(level, MachineVerdicts.Disk("data", "/data", freeMiB * 1024 * 1024).Level.ToString());

    [Fact]
    public void OfTheEngine()
    {
        Assert.Equal(Level.Ok, MachineVerdicts.Engine(null, "/d", isOlder: false, null).Level);
        Assert.Equal(Level.Ok, MachineVerdicts.Engine("http://127.0.0.1:1", "/d", isOlder: false, null).Level);
        Assert.Equal("scarnet local stop; scarnet local start", MachineVerdicts.Engine("http://127.0.0.1:1", "/d", isOlder: true, null).Mend);
        Assert.Equal((Level.Problem, "scarnet local stop"), Said(MachineVerdicts.Engine("http://127.0.0.1:1", "/d", isOlder: false, "refused")));
    }

    [Fact]
    public void OfWhatIsMissingOnTheMachine()
    {
        Assert.Equal((Level.Problem, "./scarnet version"), Said(MachineVerdicts.Supervisor(null)));
        Assert.Equal(Level.Warning, MachineVerdicts.Docker(null, new ScarException("Docker does not answer")).Level);
        Assert.Equal((Level.Warning, "sudo apt-get install debootstrap"), Said(MachineVerdicts.Tools(new Dictionary<string, string> { ["debootstrap"] = "debootstrap" })));
        Assert.Equal(Level.Ok, MachineVerdicts.Tools(new Dictionary<string, string>()).Level);
    }

    [Theory]
    [InlineData(null, "aws sso login")]
    [InlineData("work", "aws sso login --profile work")]
    public void OfAnExpiredSsoSession(string? profile, string mend) => Assert.Equal(
        (Level.Problem, mend),
        Said(AccountVerdicts.Credentials(new AmazonClientException("cannot sign", new AmazonClientException("The SSO session has expired.")), profile)));

    [Fact]
    public void OfCredentials()
    {
        Assert.Equal(
            (Level.Problem, "aws sso login --profile work"), Said(AccountVerdicts.Credentials(Service("ExpiredToken"), "work")));
        Assert.Equal(
            (Level.Problem, "aws configure; --local needs none"),
            Said(AccountVerdicts.Credentials(new AmazonClientException("Failed to resolve AWS credentials. …"), null)));
        Assert.Equal(
            (Level.Problem, "aws configure --profile p; --local needs none"),
            Said(AccountVerdicts.Credentials(new AmazonClientException("Attempting to make a request that requires an implementation of AWS Signature V4a. …"), "p")));
        Assert.Contains("does not know these credentials", AccountVerdicts.Credentials(Service("InvalidClientTokenId"), null).Message, StringComparison.Ordinal);
        Assert.Equal((Level.Problem, "make one"), Said(AccountVerdicts.Credentials(new ScarException("no profile 'x'", "make one"), "x")));
    }

    [Fact]
    public void OfTheRegion() => Assert.Equal(Level.Problem, AccountVerdicts.Region(null).Level);

    [Theory]
    [InlineData(null, true, "", nameof(Level.Warning))]
    [InlineData("CREATE_COMPLETE", true, "code/1", nameof(Level.Ok))]
    [InlineData("UPDATE_COMPLETE", true, "code/0", nameof(Level.Warning))]
    [InlineData("UPDATE_COMPLETE", false, "code/1", nameof(Level.Problem))]
    [InlineData("UPDATE_IN_PROGRESS", true, "code/1", nameof(Level.Warning))]
    [InlineData("ROLLBACK_COMPLETE", true, "code/1", nameof(Level.Problem))]
    public void OfTheFoundation(string? status, bool hasBucket, string key, string level)
    {
        var stack = status is null ? null : new Stack { StackStatus = status, Parameters = [new() { ParameterKey = "CodeKey", ParameterValue = key }] };

        Assert.Equal(level, AccountVerdicts.Foundation(stack, "scarnet", "code/1", "bucket", hasBucket).Level.ToString());
    }

    [Fact]
    public void OfRoles()
    {
        var finding = AccountVerdicts.Roles(2, new Dictionary<string, string> { ["f"] = "arn:aws:iam::1:role/r" });

        Assert.Equal((Level.Problem, "scarnet init -f FILE"), Said(finding));
        Assert.Contains("'arn:aws:iam::1:role/r' of function 'f'", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(79, nameof(Level.Ok))]
    [InlineData(80, nameof(Level.Warning))]
    [InlineData(100, nameof(Level.Problem))]
    public void OfQuotas(long used, string level)
    {
        var finding = AccountVerdicts.Quota("buckets", used, 100, "s3", "L-1");

        Assert.Equal(level, finding.Level.ToString());
        Assert.True(finding.Mend is null || finding.Mend.EndsWith("--service-code s3 --quota-code L-1 --desired-value 200", StringComparison.Ordinal));
    }

    [Fact]
    public void OfCodeStorageInTheUnitOfServiceQuotas()
    {
        const long gib = 1024 * 1024 * 1024;

        var finding = AccountVerdicts.CodeStorage(70 * gib, 75 * gib);

        Assert.Equal("71680 of 76800 MiB of Lambda code", finding.Message);
        Assert.EndsWith(" --desired-value 150", finding.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void OfAFoundationWithANameOfItsOwn() =>
        Assert.Equal((Level.Warning, "scarnet bootstrap --stack-name own"), Said(AccountVerdicts.Foundation(null, "own", "code/1", "bucket", false)));

    [Fact]
    public async Task WaitsLongerForALookAtEveryFunction()
    {
        var findings = await new Examination(TimeProvider.System, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(30)).Run(
            [
                ("many", true, async ct =>
                {
                    await Task.Delay(500, ct); // ten times what others get
                    return [Finding.Ok("many", "fine")];
                }),
                ("few", false, async ct =>
                {
                    await Task.Delay(Timeout.Infinite, ct);
                    return [];
                }),
            ],
            TestContext.Current.CancellationToken);

        Assert.Equal([Level.Ok, Level.Problem], findings.Select(finding => finding.Level));
    }

    [Fact]
    public async Task DoesNotWaitForALookThatHangs()
    {
        using var never = new ManualResetEventSlim();

        var findings = await new Examination(TimeProvider.System, TimeSpan.FromMilliseconds(50)).Run(
            [
                ("blocks", _ => { never.Wait(TestContext.Current.CancellationToken); return Task.FromResult<IReadOnlyList<Finding>>([]); }),
                ("fails", _ => throw new ScarException("wrong", "right")),
                ("works", _ => Task.FromResult<IReadOnlyList<Finding>>([Finding.Ok("works", "fine")])),
            ],
            TestContext.Current.CancellationToken);

        never.Set();
        Assert.Equal(["blocks", "fails", "works"], findings.Select(finding => finding.Check));
        Assert.StartsWith("no answer within", findings[0].Message, StringComparison.Ordinal);
        Assert.Equal((Level.Problem, "right"), Said(findings[1]));
    }

    private static (Level Level, string? Mend) Said(Finding finding) => (finding.Level, finding.Mend);

    private static AmazonServiceException Service(string code) => new("no") { ErrorCode = code };
}
