using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Iam;

/// <summary>Roles taken by <c>aws sts assume-role</c>, and what the engine lets them do.</summary>
public sealed class TakingRoles(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Arn = "arn:aws:iam::000000000000:role/";
    private const string Session = "arn:aws:sts::000000000000:assumed-role/";
    private const string TrustsLambda =
        """{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivesCredentialsThatSayWhoseTheyAre()
    {
        await Role("who");

        var identity = JsonNode.Parse((await As(await Take("who"), "sts", "get-caller-identity")).Output)!;

        Assert.Equal(Session + "who/tests", (string?)identity["Arn"]);
        Assert.Matches("^AROA[A-Z2-7]{17}:tests$", (string?)identity["UserId"]);
        Assert.Equal("000000000000", (string?)identity["Account"]);
    }

    [Fact]
    public async Task AllowsWhatThePolicySaysAndNothingElse()
    {
        await Role("reader", Allow("s3:GetObject", "arn:aws:s3:::roles-reader/in/*"));
        using var own = await Bucket("roles-reader", ("in/a", "1"), ("other/a", "2"));
        using var s3 = Client(await Take("reader"));

        var read = await s3.GetObjectAsync("roles-reader", "in/a", Cancellation);
        var other = await Refused(() => s3.GetObjectAsync("roles-reader", "other/a", Cancellation));
        var written = await Refused(() => s3.PutObjectAsync(new() { BucketName = "roles-reader", Key = "in/a", ContentBody = "3" }, Cancellation));
        var removed = await Refused(() => s3.DeleteObjectAsync("roles-reader", "in/a", Cancellation));

        Assert.Equal(1, read.ContentLength);
        Assert.Equal(Said("reader", "s3:GetObject", "\"arn:aws:s3:::roles-reader/other/a\""), other);
        Assert.Equal(Said("reader", "s3:PutObject", "\"arn:aws:s3:::roles-reader/in/a\""), written);
        Assert.Equal(Said("reader", "s3:DeleteObject", "\"arn:aws:s3:::roles-reader/in/a\""), removed);
        Assert.Equal(["in/a", "other/a"], (await own.ListObjectsV2Async(new() { BucketName = "roles-reader" }, Cancellation)).S3Objects.Select(o => o.Key));
    }

    [Fact]
    public async Task AnswersForAMissingKeyAsMayBeKnown()
    {
        using var own = await Bucket("roles-missing");
        await Role("reads", Allow("s3:GetObject", "arn:aws:s3:::roles-missing/*"));
        await Role("lists", Allow("s3:GetObject", "arn:aws:s3:::roles-missing/*"), Allow("s3:ListBucket", "arn:aws:s3:::roles-missing"));
        using var reads = Client(await Take("reads"));
        using var lists = Client(await Take("lists"));

        var unknown = await Refused(() => reads.GetObjectAsync("roles-missing", "no/such", Cancellation));
        var known = await Assert.ThrowsAsync<NoSuchKeyException>(() => lists.GetObjectAsync("roles-missing", "no/such", Cancellation));
        var head = await Assert.ThrowsAsync<AmazonS3Exception>(() => reads.GetObjectMetadataAsync("roles-missing", "no/such", Cancellation));

        Assert.Equal(Said("reads", "s3:ListBucket", "\"arn:aws:s3:::roles-missing\""), unknown);
        Assert.Equal(404, (int)known.StatusCode);
        Assert.Equal(403, (int)head.StatusCode);
    }

    [Fact]
    public async Task ListsOnlyPrefixesThatTheConditionNames()
    {
        using var own = await Bucket("roles-prefix", ("in/a", "1"), ("other/a", "2"));
        await Role(
            "prefix",
            """{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::roles-prefix","Condition":{"StringLike":{"s3:prefix":"in/*"}}}""");
        using var s3 = Client(await Take("prefix"));

        var listed = await s3.ListObjectsV2Async(new() { BucketName = "roles-prefix", Prefix = "in/" }, Cancellation);
        var other = await Refused(() => s3.ListObjectsV2Async(new() { BucketName = "roles-prefix", Prefix = "other/" }, Cancellation));
        var all = await Refused(() => s3.ListObjectsV2Async(new() { BucketName = "roles-prefix" }, Cancellation));

        Assert.Equal("in/a", Assert.Single(listed.S3Objects).Key);
        Assert.Equal(other, all);
    }

    [Fact]
    public async Task CopiesAndTagsOnlyWithEveryRightItTakes()
    {
        using var own = await Bucket("roles-copy", ("from/a", "1"));
        await Role("copier", Allow("s3:PutObject", "arn:aws:s3:::roles-copy/to/*"));
        using var s3 = Client(await Take("copier"));

        var copied = await Refused(() => s3.CopyObjectAsync("roles-copy", "from/a", "roles-copy", "to/a", Cancellation));
        var tagged = await Refused(() => s3.PutObjectAsync(
            new() { BucketName = "roles-copy", Key = "to/a", ContentBody = "1", TagSet = [new() { Key = "a", Value = "b" }] }, Cancellation));
        await s3.PutObjectAsync(new() { BucketName = "roles-copy", Key = "to/a", ContentBody = "1" }, Cancellation);
        await own.PutObjectAsync(
            new() { BucketName = "roles-copy", Key = "from/tagged", ContentBody = "1", TagSet = [new() { Key = "a", Value = "b" }] }, Cancellation);
        await Role("copier", Allow("s3:PutObject", "arn:aws:s3:::roles-copy/to/*"), Allow("s3:GetObject", "arn:aws:s3:::roles-copy/from/*"));
        await s3.CopyObjectAsync("roles-copy", "from/a", "roles-copy", "to/b", Cancellation);
        var tags = await Refused(() => s3.CopyObjectAsync("roles-copy", "from/tagged", "roles-copy", "to/b", Cancellation));

        Assert.Equal(Said("copier", "s3:GetObject", "\"arn:aws:s3:::roles-copy/from/a\""), copied);
        Assert.Equal(Said("copier", "s3:PutObjectTagging", "\"arn:aws:s3:::roles-copy/to/a\""), tagged);
        Assert.Equal(Said("copier", "s3:GetObjectTagging", "\"arn:aws:s3:::roles-copy/from/tagged\""), tags);
    }

    [Fact]
    public async Task DeletesManyKeyByKey()
    {
        using var own = await Bucket("roles-delete", ("mine/a", "1"), ("yours/a", "2"));
        await Role("deleter", Allow("s3:DeleteObject", "arn:aws:s3:::roles-delete/mine/*"));
        using var s3 = Client(await Take("deleter"));

        var answer = await Assert.ThrowsAsync<DeleteObjectsException>(() => s3.DeleteObjectsAsync(
            new() { BucketName = "roles-delete", Objects = [new() { Key = "mine/a" }, new() { Key = "yours/a" }] }, Cancellation));

        var error = Assert.Single(answer.Response.DeleteErrors);
        Assert.Equal(("yours/a", "AccessDenied"), (error.Key, error.Code));
        Assert.Equal("yours/a", Assert.Single((await own.ListObjectsV2Async(new() { BucketName = "roles-delete" }, Cancellation)).S3Objects).Key);
    }

    [Fact]
    public async Task SignsUrlsForOthers()
    {
        using var own = await Bucket("roles-presigned", ("in/a", "hello"), ("other/a", "2"));
        await Role("presigned", Allow("s3:GetObject", "arn:aws:s3:::roles-presigned/in/*"));
        var keys = await Take("presigned");
        using var http = new HttpClient();

        var good = (await As(keys, "s3", "presign", "s3://roles-presigned/in/a")).Output.Trim();
        var bad = (await As(keys, "s3", "presign", "s3://roles-presigned/other/a")).Output.Trim();

        Assert.Contains("X-Amz-Security-Token=", good, StringComparison.Ordinal);
        Assert.Equal("hello", await http.GetStringAsync(new Uri(good), Cancellation));
        Assert.Equal(403, (int)(await http.GetAsync(new Uri(bad), Cancellation)).StatusCode);
        Assert.Equal(403, (int)(await http.GetAsync(new Uri(good.Replace("in/a", "in/b", StringComparison.Ordinal)), Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("lambda:InvokeFunction", "arn:aws:lambda:us-east-1:000000000000:function:f", "lambda", "invoke", "--function-name", "f", "/dev/null")]
    [InlineData("batch:SubmitJob", "arn:aws:batch:us-east-1:000000000000:job-definition/d:1", "batch", "submit-job", "--job-name", "j", "--job-queue", "q", "--job-definition", "d:1")]
    [InlineData("logs:FilterLogEvents", "arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:", "logs", "filter-log-events", "--log-group-name", "g")]
    [InlineData("iam:GetRole", "arn:aws:iam::000000000000:role/nothing", "iam", "get-role", "--role-name", "nothing")]
    public async Task RefusesInEachServicesOwnWords(string action, string resource, params string[] command)
    {
        await Role("nothing");

        var refused = await As(await Take("nothing"), command);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("AccessDenied", refused.Error, StringComparison.Ordinal);
        Assert.Contains(Said("nothing", action, resource), refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ObeysADenialAboveAll()
    {
        using var own = await Bucket("roles-denied", ("in/a", "1"), ("in/secret", "2"));
        await Role(
            "denied", Allow("s3:*", "*"), """{"Effect":"Deny","Action":"s3:Get*","Resource":"arn:aws:s3:::*/in/secret"}""");
        using var s3 = Client(await Take("denied"));

        await s3.GetObjectAsync("roles-denied", "in/a", Cancellation);
        var refused = await Refused(() => s3.GetObjectAsync("roles-denied", "in/secret", Cancellation));

        Assert.EndsWith("with an explicit deny in an identity-based policy", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FollowsChangesAtOnceAndEndsWithTheRole()
    {
        using var own = await Bucket("roles-changing", ("a", "1"));
        await Role("changing", Allow("s3:GetObject", "arn:aws:s3:::roles-changing/*"));
        using var s3 = Client(await Take("changing"));
        await s3.GetObjectAsync("roles-changing", "a", Cancellation);

        await engine.Aws("iam", "put-role-policy", "--role-name", "changing", "--policy-name", "p", "--policy-document", Document(Allow("s3:PutObject", "*")));
        await Refused(() => s3.GetObjectAsync("roles-changing", "a", Cancellation));
        await engine.Aws("iam", "delete-role-policy", "--role-name", "changing", "--policy-name", "p");
        await engine.Aws("iam", "delete-role", "--role-name", "changing");
        await Role("changing", Allow("s3:GetObject", "arn:aws:s3:::roles-changing/*"));
        var gone = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.GetObjectAsync("roles-changing", "a", Cancellation));

        Assert.Equal("InvalidAccessKeyId", gone.ErrorCode);
    }

    [Fact]
    public async Task KnowsItsCredentialsAfterARestart()
    {
        await Role("lasting");
        var keys = await Take("lasting");

        await engine.Restart();

        Assert.Contains(Session + "lasting/tests", (await As(keys, "sts", "get-caller-identity")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakesAnotherRoleOnlyWhenThatTrustsIt()
    {
        await Role("first", Allow("sts:AssumeRole", Arn + "second"));
        await Role("second");
        var keys = await Take("first");

        var mistrusted = await As(keys, Assume("second"));
        await engine.Aws(
            "iam", "update-assume-role-policy", "--role-name", "second", "--policy-document",
            """{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"sts:AssumeRole"}}""");
        var trusted = await As(keys, Assume("second"));
        var unknown = await As(keys, Assume("third"));

        Assert.Contains($"User: {Session}first/tests is not authorized to perform: sts:AssumeRole on resource: {Arn}second", mistrusted.Error, StringComparison.Ordinal);
        Assert.True(trusted.ExitCode == 0, trusted.Error);
        Assert.Contains("AccessDenied", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesATokenOfOtherKeysAndOneThatIsNone()
    {
        await Role("one");
        await Role("two");
        var (one, two) = (await Take("one"), await Take("two"));
        using var swapped = Client(new SessionAWSCredentials(one.GetCredentials().AccessKey, one.GetCredentials().SecretKey, two.GetCredentials().Token));
        using var without = new AmazonS3Client(one.GetCredentials().AccessKey, one.GetCredentials().SecretKey, Config());
        using var forged = Client(new SessionAWSCredentials(one.GetCredentials().AccessKey, "x", one.GetCredentials().Token));

        Assert.Equal("InvalidToken", (await Assert.ThrowsAsync<AmazonS3Exception>(() => swapped.ListBucketsAsync(Cancellation))).ErrorCode);
        Assert.Equal("InvalidAccessKeyId", (await Assert.ThrowsAsync<AmazonS3Exception>(() => without.ListBucketsAsync(Cancellation))).ErrorCode);
        Assert.Equal("SignatureDoesNotMatch", (await Assert.ThrowsAsync<AmazonS3Exception>(() => forged.ListBucketsAsync(Cancellation))).ErrorCode);
    }

    [Fact]
    public async Task GivesAFunctionItsRoleOnlyWhenThatTrustsLambda()
    {
        await engine.Aws("iam", "create-role", "--role-name", "of-tasks", "--assume-role-policy-document", TrustsLambda.Replace("lambda", "ecs-tasks", StringComparison.Ordinal));

        var refused = await engine.TryAws(
            "lambda", "create-function", "--function-name", "untrusted", "--role", Arn + "of-tasks",
            "--package-type", "Image", "--code", "ImageUri=busybox");

        Assert.Contains("The role defined for the function cannot be assumed by Lambda", refused.Error, StringComparison.Ordinal);
    }

    private static string Allow(string action, string resource) => $$"""{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"}""";

    private static string Document(params string[] statements) => $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""";

    private static string[] Assume(string role) => ["sts", "assume-role", "--role-arn", Arn + role, "--role-session-name", "tests"];

    private static string Said(string role, string action, string resource) =>
        $"User: {Session}{role}/tests is not authorized to perform: {action} on resource: {resource} because no identity-based policy allows the {action} action";

    private static async Task<string> Refused(Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(call);
        Assert.Equal((403, "AccessDenied"), ((int)refusal.StatusCode, refusal.ErrorCode));
        return refusal.Message;
    }

    /// <summary>A role that trusts Lambda; it may be there already.</summary>
    private async Task Role(string name, params string[] statements)
    {
        await engine.TryAws("iam", "create-role", "--role-name", name, "--assume-role-policy-document", TrustsLambda);
        if (statements.Length > 0)
        {
            await engine.Aws("iam", "put-role-policy", "--role-name", name, "--policy-name", "p", "--policy-document", Document(statements));
        }
    }

    private async Task<SessionAWSCredentials> Take(string role)
    {
        var keys = JsonNode.Parse(await engine.Aws(Assume(role)))!["Credentials"]!;
        return new((string)keys["AccessKeyId"]!, (string)keys["SecretAccessKey"]!, (string)keys["SessionToken"]!);
    }

    private Task<CommandResult> As(SessionAWSCredentials keys, params string[] arguments)
    {
        var given = keys.GetCredentials();
        var environment = new Dictionary<string, string>(engine.ClientEnvironment)
        {
            ["AWS_ACCESS_KEY_ID"] = given.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = given.SecretKey,
            ["AWS_SESSION_TOKEN"] = given.Token,
        };
        return WarmAws.Run(["--endpoint-url", engine.Engine.Endpoint.GetLeftPart(UriPartial.Authority), .. arguments], environment, engine.Files);
    }

    private AmazonS3Config Config() => new()
    {
        ServiceURL = engine.Engine.Endpoint.GetLeftPart(UriPartial.Authority),
        AuthenticationRegion = engine.Engine.Region,
        ForcePathStyle = true,
        MaxErrorRetry = 0,
    };

    private AmazonS3Client Client(AWSCredentials keys) => new(keys, Config());

    private async Task<AmazonS3Client> Bucket(string name, params (string Key, string Content)[] objects)
    {
        var s3 = engine.NewS3();
        await s3.PutBucketAsync(name, Cancellation);
        foreach (var (key, content) in objects)
        {
            await s3.PutObjectAsync(new() { BucketName = name, Key = key, ContentBody = content }, Cancellation);
        }

        return s3;
    }
}
