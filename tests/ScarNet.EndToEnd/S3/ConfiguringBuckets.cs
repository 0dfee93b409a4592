using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.S3;

public sealed class ConfiguringBuckets(EngineFixture fixture) : S3Test(fixture)
{
    [Fact]
    public async Task KeepsTagsOfObjects()
    {
        await Put("k", "x", put => put.TagSet = [new Tag { Key = "a b", Value = "1&2" }]);
        var first = await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = Bucket, Key = "k" }, Stop);

        await S3.PutObjectTaggingAsync(
            new PutObjectTaggingRequest { BucketName = Bucket, Key = "k", Tagging = new Tagging { TagSet = [new Tag { Key = "new", Value = "ü" }] } },
            Stop);
        var second = await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = Bucket, Key = "k" }, Stop);
        await S3.DeleteObjectTaggingAsync(new DeleteObjectTaggingRequest { BucketName = Bucket, Key = "k" }, Stop);
        var third = await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = Bucket, Key = "k" }, Stop);

        Assert.Equal(["a b=1&2"], first.Tagging.Select(t => $"{t.Key}={t.Value}"));
        Assert.Equal(["new=ü"], second.Tagging.Select(t => $"{t.Key}={t.Value}"));
        Assert.Empty(third.Tagging ?? []);
    }

    [Fact]
    public async Task CopiesWithAndWithoutTheSourcesMetadata()
    {
        await Put("source key+", "x", put => put.Metadata["who"] = "source");

        await S3.CopyObjectAsync(Bucket, "source key+", Bucket, "kept", Stop);
        var replace = new CopyObjectRequest
        {
            SourceBucket = Bucket,
            SourceKey = "source key+",
            DestinationBucket = Bucket,
            DestinationKey = "replaced",
            MetadataDirective = S3MetadataDirective.REPLACE,
        };
        replace.Metadata["who"] = "copy";
        await S3.CopyObjectAsync(replace, Stop);
        await S3.DeleteObjectAsync(Bucket, "source key+", Stop);

        Assert.Equal("x", await Get("kept"));
        Assert.Equal("source", (await S3.GetObjectMetadataAsync(Bucket, "kept", Stop)).Metadata["x-amz-meta-who"]);
        Assert.Equal("copy", (await S3.GetObjectMetadataAsync(Bucket, "replaced", Stop)).Metadata["x-amz-meta-who"]);
    }

    [Fact]
    public async Task RefusesToCopyAnObjectOntoItself()
    {
        await Put("k", "x");

        var refusal = await Refused(() => S3.CopyObjectAsync(Bucket, "k", Bucket, "k", Stop));

        Assert.Equal("InvalidRequest", refusal.ErrorCode);
    }

    [Fact]
    public async Task KeepsTheNotificationsOfOthersAsTheyAre()
    {
        await PutNotifications("""
            {"TopicConfigurations":[{"Id":"theirs","TopicArn":"arn:aws:sns:us-east-1:111122223333:t","Events":["s3:ObjectRemoved:*"]}],
             "QueueConfigurations":[{"Id":"q","QueueArn":"arn:aws:sqs:us-east-1:111122223333:q","Events":["s3:ObjectCreated:Put","s3:ObjectCreated:Post"],
               "Filter":{"Key":{"FilterRules":[{"Name":"suffix","Value":".csv"},{"Name":"prefix","Value":"in%3D2026/"}]}}}],
             "EventBridgeConfiguration":{}}
            """);

        var kept = await Fixture.Aws("s3api", "get-bucket-notification-configuration", "--bucket", Bucket, "--output", "json");
        await Fixture.Aws("s3api", "put-bucket-notification-configuration", "--bucket", Bucket, "--notification-configuration", kept);
        var again = await Fixture.Aws("s3api", "get-bucket-notification-configuration", "--bucket", Bucket, "--output", "json");

        Assert.Equal(kept, again);
        Assert.Contains("\"in%3D2026/\"", kept, StringComparison.Ordinal);
        Assert.Contains("EventBridgeConfiguration", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesOverlappingNotifications()
    {
        var refusal = await Fixture.TryAws("s3api", "put-bucket-notification-configuration", "--bucket", Bucket, "--notification-configuration", """
            {"QueueConfigurations":[
              {"Id":"1","QueueArn":"arn:aws:sqs:us-east-1:111122223333:q","Events":["s3:ObjectCreated:*"],"Filter":{"Key":{"FilterRules":[{"Name":"suffix","Value":"jpg"}]}}},
              {"Id":"2","QueueArn":"arn:aws:sqs:us-east-1:111122223333:q","Events":["s3:ObjectCreated:Put"],"Filter":{"Key":{"FilterRules":[{"Name":"suffix","Value":"pg"}]}}}]}
            """);

        Assert.Contains("(InvalidArgument)", refusal.Error, StringComparison.Ordinal);
        Assert.Contains("Configuration is ambiguously defined", refusal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesAFunctionThatItMayNotCall()
    {
        var refusal = await Fixture.TryAws("s3api", "put-bucket-notification-configuration", "--bucket", Bucket, "--notification-configuration", """
            {"LambdaFunctionConfigurations":[{"LambdaFunctionArn":"arn:aws:lambda:us-east-1:000000000000:function:nobody","Events":["s3:ObjectCreated:*"]}]}
            """);

        Assert.Contains("Unable to validate the following destination configurations", refusal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeepsConfigurationsThatChangeNothingHere()
    {
        await S3.PutPublicAccessBlockAsync(
            new PutPublicAccessBlockRequest
            {
                BucketName = Bucket,
                PublicAccessBlockConfiguration = new PublicAccessBlockConfiguration { BlockPublicAcls = true },
            },
            Stop);

        var kept = await S3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = Bucket }, Stop);

        Assert.True(kept.PublicAccessBlockConfiguration.BlockPublicAcls);
    }

    /// <summary>As every new bucket on AWS since 2023.</summary>
    [Fact]
    public async Task ClosesAndEncryptsNewBuckets()
    {
        var access = await Fixture.Aws("s3api", "get-public-access-block", "--bucket", Bucket, "--output", "json");
        await Fixture.Aws("s3api", "delete-public-access-block", "--bucket", Bucket);
        await Fixture.Aws("s3api", "delete-bucket-encryption", "--bucket", Bucket);
        var opened = await Fixture.TryAws("s3api", "get-public-access-block", "--bucket", Bucket);
        var encryption = await Fixture.Aws("s3api", "get-bucket-encryption", "--bucket", Bucket, "--output", "json");

        Assert.Equal(4, access.Split("true").Length - 1);
        Assert.Contains("(NoSuchPublicAccessBlockConfiguration)", opened.Error, StringComparison.Ordinal);
        Assert.Contains("\"SSEAlgorithm\": \"AES256\"", encryption, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256","KMSMasterKeyID":"alias/mine"}}]}""", "(InvalidArgument)")]
    [InlineData("""{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"ROT13"}}]}""", "(MalformedXML)")]
    [InlineData("""{"Rules":[{"BucketKeyEnabled":true}]}""", "(MalformedXML)")]
    public async Task RefusesAnEncryptionThatThereIsNot(string rules, string code)
    {
        var refusal = await Fixture.TryAws(
            "s3api", "put-bucket-encryption", "--bucket", Bucket, "--server-side-encryption-configuration", rules);

        Assert.Contains(code, refusal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaysThatThereIsNoPolicy()
    {
        var refusal = await Fixture.TryAws("s3api", "get-bucket-policy", "--bucket", Bucket);

        Assert.Contains("(NoSuchBucketPolicy)", refusal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesWhatItDoesNotDo()
    {
        var encrypted = await Refused(() => Put("k", "x", put => put.ServerSideEncryptionCustomerMethod = ServerSideEncryptionCustomerMethod.AES256));
        var published = await Refused(() => Put("k", "x", put => put.CannedACL = S3CannedACL.PublicRead));
        var locked = await Refused(() => S3.PutObjectLegalHoldAsync(
            new PutObjectLegalHoldRequest { BucketName = Bucket, Key = "k", LegalHold = new ObjectLockLegalHold { Status = "ON" } }, Stop));

        Assert.Equal("NotImplemented", encrypted.ErrorCode);
        Assert.Equal("AccessControlListNotSupported", published.ErrorCode);
        Assert.Equal("NotImplemented", locked.ErrorCode);
    }

    private Task PutNotifications(string json) => Fixture.Aws(
        "s3api", "put-bucket-notification-configuration", "--bucket", Bucket, "--notification-configuration", json);
}
