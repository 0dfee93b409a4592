using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Iam;

/// <summary>Managed policies and boundaries of the engine's roles, through the client that AWS's users have.</summary>
public sealed class ManagingPolicies(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Trust = """{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}""";
    private const string ReadsOne = """{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::policies/one"}]}""";
    private const string ReadsAll = """{"Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::policies/*"}]}""";

    [Fact]
    public async Task KeepsVersionsAcrossARestart()
    {
        var arn = await Create("versions", ReadsOne);
        await engine.Aws("iam", "create-policy-version", "--policy-arn", arn, "--policy-document", ReadsAll, "--set-as-default");

        await engine.Restart();

        var policy = JsonNode.Parse(await engine.Aws("iam", "get-policy", "--policy-arn", arn))!["Policy"]!;
        Assert.Equal(("arn:aws:iam::000000000000:policy/team/versions", "v2"), ((string?)policy["Arn"], (string?)policy["DefaultVersionId"]));
        var first = JsonNode.Parse(await engine.Aws("iam", "get-policy-version", "--policy-arn", arn, "--version-id", "v1"))!["PolicyVersion"]!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(ReadsOne), first["Document"]));
        Assert.Equal("False", (await engine.Aws("iam", "get-policy-version", "--policy-arn", arn, "--version-id", "v1", "--query", "PolicyVersion.IsDefaultVersion", "--output", "text")).Trim());
        await engine.Aws("iam", "delete-policy-version", "--policy-arn", arn, "--version-id", "v1");
        Assert.Equal("v2", (await engine.Aws("iam", "list-policy-versions", "--policy-arn", arn, "--query", "Versions[].VersionId", "--output", "text")).Trim());
        Assert.Equal("versions", (await engine.Aws("iam", "list-policies", "--scope", "Local", "--path-prefix", "/team/", "--query", "Policies[?PolicyName=='versions'].PolicyName", "--output", "text")).Trim());
    }

    [Fact]
    public async Task LetsARoleDoWhatAnAttachedPolicyAllows()
    {
        await Bucket();
        await engine.Aws("iam", "create-role", "--role-name", "attached", "--assume-role-policy-document", Trust);
        var arn = await Create("attachable", ReadsOne);
        var keys = await Take("attached");

        var before = await Read(keys, "one");
        await engine.Aws("iam", "attach-role-policy", "--role-name", "attached", "--policy-arn", arn);
        var with = await Read(keys, "one");
        await engine.Aws("iam", "create-policy-version", "--policy-arn", arn, "--policy-document", ReadsAll, "--set-as-default");
        var withMore = await Read(keys, "two");
        var refused = await engine.TryAws("iam", "delete-role", "--role-name", "attached");
        var kept = await engine.TryAws("iam", "delete-policy", "--policy-arn", arn);
        await engine.Aws("iam", "detach-role-policy", "--role-name", "attached", "--policy-arn", arn);
        var after = await Read(keys, "one");
        await engine.Aws("iam", "delete-role", "--role-name", "attached");

        Assert.Equal((false, true, true, false), (before.ExitCode == 0, with.ExitCode == 0, withMore.ExitCode == 0, after.ExitCode == 0));
        Assert.Contains("(DeleteConflict)", refused.Error, StringComparison.Ordinal);
        Assert.Contains("(DeleteConflict)", kept.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HoldsARoleWithinItsBoundary()
    {
        await Bucket();
        var boundary = await Create("limit", ReadsOne);
        await engine.Aws("iam", "create-role", "--role-name", "bounded", "--assume-role-policy-document", Trust, "--permissions-boundary", boundary);
        await engine.Aws("iam", "attach-role-policy", "--role-name", "bounded", "--policy-arn", "arn:aws:iam::aws:policy/AmazonS3FullAccess");
        var keys = await Take("bounded");

        var within = await Read(keys, "one");
        var beyond = await Read(keys, "two");
        var shown = await engine.Aws("iam", "get-role", "--role-name", "bounded", "--query", "Role.PermissionsBoundary.PermissionsBoundaryArn", "--output", "text");
        await engine.Aws("iam", "delete-role-permissions-boundary", "--role-name", "bounded");
        var without = await Read(keys, "two");
        await engine.Aws("iam", "put-role-permissions-boundary", "--role-name", "bounded", "--permissions-boundary", boundary);
        var again = await Read(keys, "two");

        Assert.Equal((true, false, true, false), (within.ExitCode == 0, beyond.ExitCode == 0, without.ExitCode == 0, again.ExitCode == 0));
        Assert.Contains("because no permissions boundary allows the s3:GetObject action", beyond.Error, StringComparison.Ordinal);
        Assert.Equal(boundary, shown.Trim());
    }

    [Theory]
    [InlineData("NoSuchEntity", "get-policy", "--policy-arn", "arn:aws:iam::000000000000:policy/none")]
    [InlineData("NoSuchEntity", "create-role", "--role-name", "r", "--assume-role-policy-document", Trust, "--permissions-boundary", "arn:aws:iam::000000000000:policy/none")]
    [InlineData("NoSuchEntity", "get-policy", "--policy-arn", "arn:aws:iam::000000000000:policy/elsewhere/there")]
    [InlineData("NoSuchEntity", "get-policy-version", "--policy-arn", "arn:aws:iam::000000000000:policy/team/there", "--version-id", "v9")]
    [InlineData("EntityAlreadyExists", "create-policy", "--policy-name", "THERE", "--policy-document", ReadsOne)]
    [InlineData("MalformedPolicyDocument", "create-policy", "--policy-name", "bad", "--policy-document", "{")]
    [InlineData("DeleteConflict", "delete-policy-version", "--policy-arn", "arn:aws:iam::000000000000:policy/team/there", "--version-id", "v1")]
    public async Task RefusesWithAwsOwnCodes(string code, params string[] command)
    {
        await engine.TryAws("iam", "create-policy", "--policy-name", "there", "--path", "/team/", "--policy-document", ReadsOne);

        var refused = await engine.TryAws(["iam", .. command]);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains($"({code})", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeepsFiveVersionsAtMost()
    {
        var arn = await Create("many", ReadsOne);
        for (var i = 0; i < 4; i++)
        {
            await engine.Aws("iam", "create-policy-version", "--policy-arn", arn, "--policy-document", ReadsAll);
        }

        var sixth = await engine.TryAws("iam", "create-policy-version", "--policy-arn", arn, "--policy-document", ReadsAll);

        Assert.Contains("(LimitExceeded)", sixth.Error, StringComparison.Ordinal);
    }

    private async Task<string> Create(string name, string document) => (await engine.Aws(
        "iam", "create-policy", "--policy-name", name, "--path", "/team/", "--policy-document", document, "--query", "Policy.Arn", "--output", "text")).Trim();

    private async Task Bucket()
    {
        await engine.TryAws("s3", "mb", "s3://policies");
        foreach (var key in (string[])["one", "two"])
        {
            await engine.Aws("s3api", "put-object", "--bucket", "policies", "--key", key, "--body", engine.WriteFile(key, key));
        }
    }

    private async Task<Dictionary<string, string>> Take(string role)
    {
        var answer = JsonNode.Parse(await engine.Aws(
            "sts", "assume-role", "--role-arn", $"arn:aws:iam::000000000000:role/{role}", "--role-session-name", "tests"))!["Credentials"]!;
        return new(engine.ClientEnvironment)
        {
            ["AWS_ACCESS_KEY_ID"] = (string)answer["AccessKeyId"]!,
            ["AWS_SECRET_ACCESS_KEY"] = (string)answer["SecretAccessKey"]!,
            ["AWS_SESSION_TOKEN"] = (string)answer["SessionToken"]!,
        };
    }

    private Task<CommandResult> Read(IReadOnlyDictionary<string, string> keys, string key) =>
        WarmAws.Run(
            [
                "--endpoint-url", engine.Engine.Endpoint.GetLeftPart(UriPartial.Authority),
                "s3api", "get-object", "--bucket", "policies", "--key", key, Path.Join(engine.Files, key + ".back"),
            ],
            keys,
            engine.Files);
}
