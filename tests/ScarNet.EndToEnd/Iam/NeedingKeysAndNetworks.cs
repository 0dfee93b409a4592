using System.Text;
using Amazon.Runtime;
using ScarNet.Core.Functions;
using ScarNet.Core.Iam;
using static ScarNet.EndToEnd.Iam.GuardedPipelines;

namespace ScarNet.EndToEnd.Iam;

/// <summary>
/// Statements for what other services do in a function's name: use keys, connect to networks, mount file systems. The engine has none of
/// these and asks for the right to them all the same, where AWS does.
/// </summary>
public sealed class NeedingKeysAndNetworks(GuardedPipelines pipelines) : IClassFixture<GuardedPipelines>
{
    private const string KeyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
    private const string Alias = "alias/guarded";
    private const string AccessPoint = "arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0";

    private static readonly string[] Connecting = ["ConnectToNetwork", "LookAtNetwork", "KeepScriptFromNetwork", "MountFiles"];

    [Theory]
    [InlineData(ExecutionMode.Lambda, KeyId, "EncryptOutputs")]
    [InlineData(ExecutionMode.Batch, KeyId, "EncryptOutputs")]
    [InlineData(ExecutionMode.Lambda, Alias, "EncryptOutputsByAlias")]
    public async Task ToEncryptOutputs(ExecutionMode mode, string key, string sid)
    {
        var function = await pipelines.Of(Sealing($"sealing-{mode}-{key.Length}".ToLowerInvariant(), mode, key));
        var role = mode == ExecutionMode.Batch ? function.JobRole : function.ExecutionRole;

        var whole = await function.Ordinary();
        var inParts = await function.Large();
        var probed = await function.Without(role, sid, function.Ordinary);
        var probedInParts = await function.Without(role, sid, function.Large);

        Assert.True(whole.Done, whole.Said);
        Assert.True(inParts.Done, inParts.Said);
        Refused(probed, "kms:GenerateDataKey");
        Refused(probedInParts, "kms:GenerateDataKey");
    }

    [Theory]
    [InlineData(ExecutionMode.Lambda, KeyId, "DecryptInputs")]
    [InlineData(ExecutionMode.Batch, KeyId, "DecryptInputs")]
    [InlineData(ExecutionMode.Lambda, Alias, "DecryptInputsByAlias")]
    public async Task ToDecryptWhatOthersEncrypt(ExecutionMode mode, string key, string sid)
    {
        var opening = Function($"opening-{mode}-{key.Length}".ToLowerInvariant(), mode);
        var function = await pipelines.Of(opening, Sealing($"{opening.Name}-source", ExecutionMode.Lambda, key) with { Outputs = [Sealed(Inbox, opening.Name, key)] });
        var role = mode == ExecutionMode.Batch ? function.JobRole : function.ExecutionRole;

        var whole = await function.Encrypted(key);
        var probed = await function.Without(role, sid, () => function.Encrypted(key));
        var plain = await function.Without(role, sid, function.Ordinary);

        Assert.True(whole.Done, whole.Said);
        Refused(probed, "kms:Decrypt");
        Assert.True(plain.Done, plain.Said);
    }

    [Fact]
    public async Task ToMountFiles()
    {
        var function = await pipelines.Of(Connected("mounting"));

        // Nobody has started it yet: what runs has mounted.
        var probed = await function.Without(function.ExecutionRole, "MountFiles", function.Ordinary);
        var whole = await function.Ordinary();

        Assert.False(probed.Done, probed.Said);
        Assert.Contains("EFSMountFailureException: The function couldn't mount the Amazon EFS file system", probed.Said, StringComparison.Ordinal);
        Assert.Contains("is not authorized to perform: elasticfilesystem:ClientMount on resource: ", probed.Said, StringComparison.Ordinal);
        Assert.True(whole.Done, whole.Said);
        Assert.Equal(
            Connecting,
            (await function.Policy(function.ExecutionRole)).Statements.Select(s => s.Sid)
                .Except(Execution(Function("plain", ExecutionMode.Lambda)).Policy.Statements.Select(s => s.Sid)));
    }

    [Theory]
    [InlineData("ConnectToNetwork", "CreateNetworkInterface")]
    [InlineData("LookAtNetwork", "DescribeNetworkInterfaces")]
    public async Task ToConnect(string sid, string action)
    {
        var function = await pipelines.Of(Connected("connecting"));

        await function.Connect();
        var refused = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => function.Without(function.ExecutionRole, sid, function.Connect));

        Assert.Equal("InvalidParameterValueException", refused.ErrorCode);
        Assert.Equal($"The provided execution role does not have permissions to call {action} on EC2", refused.Message);
    }

    /// <summary>What Lambda may do with networks as the role, the script may not.</summary>
    [Fact]
    public async Task ToKeepScriptsFromTheNetwork()
    {
        var looking = Connected("looking") with
        {
            Script = ScriptSource.Lines(["aws ec2 describe-subnets --output text > \"$TMP_OUTPUT_DIR/$(basename \"$INPUT_FILE_PATH\")\" 2>&1 || true", "cat \"$TMP_OUTPUT_DIR\"/*"]),
            MemoryMiB = 512,
            Timeout = TimeSpan.FromMinutes(2),
            SkipIfDone = false,
        };
        var function = await pipelines.Of(looking);

        var whole = await function.Ordinary();
        var probed = await function.Without(function.ExecutionRole, "KeepScriptFromNetwork", function.Ordinary);

        Assert.True(whole.Done, whole.Said);
        Assert.Contains("is not authorized to perform: ec2:DescribeSubnets on resource: * with an explicit deny in an identity-based policy", whole.Said, StringComparison.Ordinal);
        Assert.Contains("subnet-", probed.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("not authorized", probed.Said, StringComparison.Ordinal);
    }

    private static void Refused(Probed probed, string action)
    {
        Assert.False(probed.Done, probed.Said);
        Assert.Contains($"is not authorized to perform: {action} on resource: arn:aws:kms:us-east-1:000000000000:key/", probed.Said, StringComparison.Ordinal);
    }

    private static OutputRule Sealed(string bucket, string prefix, string key) => new(bucket, prefix + "/") { Properties = new() { KmsKey = key } };

    private static FunctionDefinition Sealing(string name, ExecutionMode mode, string key) => Function(name, mode) with { Outputs = [Sealed(Outbox, name, key)] };

    private static FunctionDefinition Connected(string name) => Function(name, ExecutionMode.Lambda) with
    {
        Vpc = new(["subnet-local"], ["sg-local"]),
        FileSystem = new(AccessPoint, "/mnt/data"),
    };
}
