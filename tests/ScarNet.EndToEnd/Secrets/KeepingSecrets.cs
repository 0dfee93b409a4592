using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Secrets;

/// <summary>The engine's Secrets Manager and Parameter Store, asked by Debian's <c>aws</c>.</summary>
public sealed class KeepingSecrets(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task ByVersions()
    {
        var made = JsonNode.Parse(await engine.Aws("secretsmanager", "create-secret", "--name", "a/b", "--description", "of a test", "--secret-string", "one"))!;
        await engine.Aws("secretsmanager", "put-secret-value", "--secret-id", "a/b", "--secret-string", "two");

        Assert.Matches("^arn:aws:secretsmanager:us-east-1:000000000000:secret:a/b-[A-Za-z0-9]{6}$", (string)made["ARN"]!);
        foreach (var id in new[] { "a/b", (string)made["ARN"]!, "arn:aws:secretsmanager:us-east-1:000000000000:secret:a/b" })
        {
            Assert.Equal("two", await Value(id));
        }

        Assert.Equal("one", await Value("a/b", "--version-stage", "AWSPREVIOUS"));
        Assert.Equal("one", await Value("a/b", "--version-id", (string)made["VersionId"]!));
        var described = JsonNode.Parse(await engine.Aws("secretsmanager", "describe-secret", "--secret-id", "a/b"))!;
        Assert.Equal(("of a test", 2), ((string)described["Description"]!, described["VersionIdsToStages"]!.AsObject().Count));
        Assert.Contains("a/b", await engine.Aws("secretsmanager", "list-secrets"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UntilTheyAreDeleted()
    {
        await engine.Aws("secretsmanager", "create-secret", "--name", "gone", "--secret-string", "one");

        await engine.Aws("secretsmanager", "delete-secret", "--secret-id", "gone");

        Assert.Contains("InvalidRequestException", (await engine.TryAws("secretsmanager", "get-secret-value", "--secret-id", "gone")).Error, StringComparison.Ordinal);
        await engine.Aws("secretsmanager", "restore-secret", "--secret-id", "gone");
        Assert.Equal("one", await Value("gone"));
        await engine.Aws("secretsmanager", "delete-secret", "--secret-id", "gone", "--force-delete-without-recovery");
        Assert.Contains("ResourceNotFoundException", (await engine.TryAws("secretsmanager", "get-secret-value", "--secret-id", "gone")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsParameters()
    {
        await engine.Aws("ssm", "put-parameter", "--name", "/a/b", "--type", "SecureString", "--value", "one");
        var again = await engine.TryAws("ssm", "put-parameter", "--name", "/a/b", "--value", "two");
        await engine.Aws("ssm", "put-parameter", "--name", "/a/b", "--value", "two", "--overwrite");

        Assert.Contains("ParameterAlreadyExists", again.Error, StringComparison.Ordinal);
        Assert.Equal("two", (await engine.Aws("ssm", "get-parameter", "--name", "/a/b", "--with-decryption", "--query", "Parameter.Value", "--output", "text")).Trim());
        Assert.DoesNotContain("two", await engine.Aws("ssm", "get-parameter", "--name", "/a/b"), StringComparison.Ordinal);
        var several = JsonNode.Parse(await engine.Aws(
            "ssm", "get-parameters", "--with-decryption", "--names", "arn:aws:ssm:us-east-1:000000000000:parameter/a/b", "none"))!;
        Assert.Equal(("two", 2, "none"), ((string)several["Parameters"]![0]!["Value"]!, (int)several["Parameters"]![0]!["Version"]!, (string)several["InvalidParameters"]![0]!));
        await engine.Aws("ssm", "delete-parameter", "--name", "/a/b");
        Assert.Contains("ParameterNotFound", (await engine.TryAws("ssm", "get-parameter", "--name", "/a/b")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereOnlyTheirOwnerReads()
    {
        await engine.Aws("secretsmanager", "create-secret", "--name", "../../private", "--secret-string", "one");

        var directory = Path.Join(engine.DataDirectory, "secrets");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        Assert.All(Directory.GetFiles(directory), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal("one", await Value("../../private"));
    }

    private async Task<string> Value(string id, params string[] more) =>
        (await engine.Aws(["secretsmanager", "get-secret-value", "--secret-id", id, "--query", "SecretString", "--output", "text", .. more])).Trim();
}
