using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ScarNet.Core.Iam;
using ScarNet.Local.Access;
using ScarNet.Local.Http;

namespace ScarNet.Tests.Access;

/// <summary>Requests as clients send them, and the actions on resources that AWS's service authorization reference has for them.</summary>
public sealed class AskingForWhatARequestDoes
{
    private const string Lambda = "arn:aws:lambda:eu-west-1:123456789012:function:f";
    private const string Batch = "arn:aws:batch:eu-west-1:123456789012:";
    private const string Logs = "arn:aws:logs:eu-west-1:123456789012:log-group:";

    private const string Sqs = "arn:aws:sqs:eu-west-1:123456789012:";
    private const string Ecr = "arn:aws:ecr:eu-west-1:123456789012:repository/";
    private const string Ec2 = "arn:aws:ec2:eu-west-1:123456789012:launch-template/";
    private const string Kms = "arn:aws:kms:eu-west-1:123456789012:key/";
    private const string Events = "arn:aws:events:eu-west-1:123456789012:";

    private static readonly AwsPlace place = AwsPlace.In("eu-west-1", "123456789012");

    [Theory]
    [InlineData("GET", "/", "s3:ListAllMyBuckets arn:aws:s3:::*")]
    [InlineData("HEAD", "/b", "s3:ListBucket arn:aws:s3:::b")]
    [InlineData("GET", "/b", "s3:ListBucket arn:aws:s3:::b")]
    [InlineData("GET", "/b?list-type=2&prefix=p%2F&delimiter=%2F&max-keys=7", "s3:ListBucket arn:aws:s3:::b [s3:delimiter=/ s3:max-keys=7 s3:prefix=p/]")]
    [InlineData("GET", "/b?versions&prefix=p", "s3:ListBucketVersions arn:aws:s3:::b [s3:prefix=p]")]
    [InlineData("GET", "/b?uploads", "s3:ListBucketMultipartUploads arn:aws:s3:::b")]
    [InlineData("PUT", "/b", "s3:CreateBucket arn:aws:s3:::b")]
    [InlineData("DELETE", "/b", "s3:DeleteBucket arn:aws:s3:::b")]
    [InlineData("POST", "/b?delete", "")]
    [InlineData("GET", "/b?location", "s3:GetBucketLocation arn:aws:s3:::b")]
    [InlineData("PUT", "/b?versioning", "s3:PutBucketVersioning arn:aws:s3:::b")]
    [InlineData("PUT", "/b?notification", "s3:PutBucketNotification arn:aws:s3:::b")]
    [InlineData("DELETE", "/b?encryption", "s3:PutEncryptionConfiguration arn:aws:s3:::b")]
    [InlineData("GET", "/b?policy", "s3:GetBucketPolicy arn:aws:s3:::b")]
    [InlineData("GET", "/b/k%20%2Fx", "s3:GetObject arn:aws:s3:::b/k /x")]
    [InlineData("HEAD", "/b/k", "s3:GetObject arn:aws:s3:::b/k")]
    [InlineData("GET", "/b/k?versionId=v1", "s3:GetObjectVersion arn:aws:s3:::b/k [s3:VersionId=v1]")]
    [InlineData("HEAD", "/b/k?versionId=v1", "s3:GetObjectVersion arn:aws:s3:::b/k [s3:VersionId=v1]")]
    [InlineData("GET", "/b/k?tagging", "s3:GetObjectTagging arn:aws:s3:::b/k")]
    [InlineData("PUT", "/b/k?tagging", "s3:PutObjectTagging arn:aws:s3:::b/k")]
    [InlineData("DELETE", "/b/k?tagging&versionId=v", "s3:DeleteObjectVersionTagging arn:aws:s3:::b/k [s3:VersionId=v]")]
    [InlineData("GET", "/b/k?acl", "s3:GetObjectAcl arn:aws:s3:::b/k")]
    [InlineData("PUT", "/b/k", "s3:PutObject arn:aws:s3:::b/k")]
    [InlineData("PUT", "/b/k", "s3:PutObject arn:aws:s3:::b/k; s3:PutObjectTagging arn:aws:s3:::b/k", "x-amz-tagging: a=b")]
    [InlineData("PUT", "/b/k", "s3:PutObject arn:aws:s3:::b/k [s3:x-amz-acl=private]; s3:PutObjectAcl arn:aws:s3:::b/k [s3:x-amz-acl=private]", "x-amz-acl: private")]
    [InlineData("PUT", "/b/k", "s3:PutObject arn:aws:s3:::b/k [s3:x-amz-copy-source=/from/a%20b]; s3:GetObject arn:aws:s3:::from/a b", "x-amz-copy-source: /from/a%20b")]
    [InlineData("PUT", "/b/k", "s3:PutObject arn:aws:s3:::b/k [s3:x-amz-copy-source=from/a?versionId=7]; s3:GetObjectVersion arn:aws:s3:::from/a [s3:VersionId=7]", "x-amz-copy-source: from/a?versionId=7")]
    [InlineData("DELETE", "/b/k", "s3:DeleteObject arn:aws:s3:::b/k")]
    [InlineData("DELETE", "/b/k?versionId=v", "s3:DeleteObjectVersion arn:aws:s3:::b/k [s3:VersionId=v]")]
    [InlineData("POST", "/b/k?uploads", "s3:PutObject arn:aws:s3:::b/k; s3:PutObjectTagging arn:aws:s3:::b/k", "x-amz-tagging: a=b")]
    [InlineData("PUT", "/b/k?uploadId=u&partNumber=1", "s3:PutObject arn:aws:s3:::b/k")]
    [InlineData("PUT", "/b/k?uploadId=u&partNumber=1", "s3:PutObject arn:aws:s3:::b/k [s3:x-amz-copy-source=from/a]; s3:GetObject arn:aws:s3:::from/a", "x-amz-copy-source: from/a")]
    [InlineData("POST", "/b/k?uploadId=u", "s3:PutObject arn:aws:s3:::b/k")]
    [InlineData("GET", "/b/k?uploadId=u", "s3:ListMultipartUploadParts arn:aws:s3:::b/k")]
    [InlineData("DELETE", "/b/k?uploadId=u", "s3:AbortMultipartUpload arn:aws:s3:::b/k")]
    public void OfS3(string method, string target, string expected, string header = "")
    {
        var context = Request(method, target, "", header);

        Assert.Equal(expected, Text(new S3Actions(place).Of(context)));
    }

    [Theory]
    [InlineData("GET", "/2015-03-31/functions", "", "lambda:ListFunctions *")]
    [InlineData("GET", "/2015-03-31/functions/f", "", "lambda:GetFunction " + Lambda)]
    [InlineData("POST", "/2015-03-31/functions/f/invocations", "", "lambda:InvokeFunction " + Lambda)]
    [InlineData("POST", "/2015-03-31/functions/f/invocations?Qualifier=live", "", "lambda:InvokeFunction " + Lambda + ":live")]
    [InlineData("POST", "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Af/invocations", "", "lambda:InvokeFunction " + Lambda)]
    [InlineData("POST", "/2015-03-31/functions", """{"FunctionName":"f","Role":"arn:aws:iam::123456789012:role/r"}""", "lambda:CreateFunction " + Lambda + "; iam:PassRole arn:aws:iam::123456789012:role/r [iam:PassedToService=lambda.amazonaws.com]")]
    [InlineData("PUT", "/2015-03-31/functions/f/configuration", """{"Role":"arn:aws:iam::123456789012:role/r"}""", "lambda:UpdateFunctionConfiguration " + Lambda + "; iam:PassRole arn:aws:iam::123456789012:role/r [iam:PassedToService=lambda.amazonaws.com]")]
    [InlineData("PUT", "/2015-03-31/functions/f/code", """{"S3Bucket":"b","S3Key":"k"}""", "lambda:UpdateFunctionCode " + Lambda + "; s3:GetObject arn:aws:s3:::b/k")]
    [InlineData("PUT", "/2015-03-31/functions/f/code", """{"Code":{},"S3Bucket":"b","S3Key":"k"}""", "lambda:UpdateFunctionCode " + Lambda + "; s3:GetObject arn:aws:s3:::b/k")]
    [InlineData("POST", "/2015-03-31/functions", """{"FunctionName":"f","Code":{"S3Bucket":"b","S3Key":"k"},"S3Bucket":"mine","S3Key":"mine"}""", "lambda:CreateFunction " + Lambda + "; s3:GetObject arn:aws:s3:::b/k")]
    [InlineData("PUT", "/2015-03-31/functions/f/code?Qualifier=mine", "{}", "lambda:UpdateFunctionCode " + Lambda)]
    [InlineData("DELETE", "/2015-03-31/functions/f/policy/s", "", "lambda:RemovePermission " + Lambda)]
    [InlineData("POST", "/2017-03-31/tags/arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Af", "{}", "lambda:TagResource " + Lambda)]
    [InlineData("DELETE", "/2015-03-31/functions/f?Qualifier=3", "", "lambda:DeleteFunction " + Lambda + ":3")]
    [InlineData("POST", "/2015-03-31/functions/f/versions", "{}", "lambda:PublishVersion " + Lambda)]
    [InlineData("POST", "/2015-03-31/functions/f/aliases", "{}", "lambda:CreateAlias " + Lambda)]
    [InlineData("GET", "/2015-03-31/functions/f/aliases/live", "", "lambda:GetAlias " + Lambda)]
    [InlineData("PUT", "/2015-03-31/functions/f/aliases/live", "{}", "lambda:UpdateAlias " + Lambda)]
    [InlineData("DELETE", "/2015-03-31/functions/f/aliases/live", "", "lambda:DeleteAlias " + Lambda)]
    [InlineData("PATCH", "/2015-03-31/functions/f", "", "lambda:* " + Lambda)]
    [InlineData("GET", "/2015-03-31/layers", "", "lambda:* *")]
    public void OfLambda(string method, string target, string body, string expected)
    {
        var context = Request(method, target, body, "");

        Assert.Equal(expected, Text(new LambdaActions(place).Of(context, RequestTarget.Of(context, null))));
    }

    [Theory]
    [InlineData("submitjob", """{"jobQueue":"q","jobDefinition":"d:3"}""", "batch:SubmitJob " + Batch + "job-definition/d:3; batch:SubmitJob " + Batch + "job-queue/q")]
    [InlineData("submitjob", """{"jobQueue":"q","jobDefinition":"d"}""", "batch:SubmitJob " + Batch + "job-definition/d; batch:SubmitJob " + Batch + "job-queue/q")]
    [InlineData("submitjob", """{"jobQueue":"arn:aws:batch:x:1:job-queue/q","jobDefinition":"d:1","tags":{"a":"b"}}""", "batch:SubmitJob " + Batch + "job-definition/d:1; batch:SubmitJob arn:aws:batch:x:1:job-queue/q; batch:TagResource " + Batch + "job/*")]
    [InlineData("submitjob", "no JSON", "batch:SubmitJob " + Batch + "job-definition/; batch:SubmitJob " + Batch + "job-queue/")]
    [InlineData("terminatejob", """{"jobId":"j"}""", "batch:TerminateJob " + Batch + "job/j")]
    [InlineData("describejobs", "{}", "batch:DescribeJobs *")]
    [InlineData("listjobs", "{}", "batch:ListJobs *")]
    [InlineData("registerjobdefinition", """{"jobDefinitionName":"d","containerProperties":{"jobRoleArn":"r"}}""", "batch:RegisterJobDefinition " + Batch + "job-definition/d; iam:PassRole r [iam:PassedToService=ecs-tasks.amazonaws.com]")]
    [InlineData("registerjobdefinition", """{"jobDefinitionName":"d","ecsProperties":{"taskProperties":[{"taskRoleArn":"r","executionRoleArn":"e"}]}}""", "batch:RegisterJobDefinition " + Batch + "job-definition/d; iam:PassRole r [iam:PassedToService=ecs-tasks.amazonaws.com]; iam:PassRole e [iam:PassedToService=ecs-tasks.amazonaws.com]")]
    [InlineData("createjobqueue", """{"jobQueueName":"q","computeEnvironmentOrder":[{"computeEnvironment":"c"}]}""", "batch:CreateJobQueue " + Batch + "job-queue/q; batch:CreateJobQueue " + Batch + "compute-environment/c")]
    [InlineData("somethingnew", "{}", "batch:* *")]
    public void OfBatch(string operation, string body, string expected)
    {
        var context = Request("POST", $"/v1/{operation}", body, "");

        Assert.Equal(expected, Text(new BatchActions(place).Of(context, RequestTarget.Of(context, null))));
    }

    [Theory]
    [InlineData("PutLogEvents", """{"logGroupName":"/aws/lambda/f","logStreamName":"s"}""", "logs:PutLogEvents " + Logs + "/aws/lambda/f:log-stream:s")]
    [InlineData("CreateLogGroup", """{"logGroupName":"g"}""", "logs:CreateLogGroup " + Logs + "g:log-stream:")]
    [InlineData("FilterLogEvents", """{"logGroupIdentifier":"arn:aws:logs:eu-west-1:123456789012:log-group:g"}""", "logs:FilterLogEvents " + Logs + "g:log-stream:")]
    [InlineData("TagResource", """{"resourceArn":"arn:aws:logs:eu-west-1:123456789012:log-group:g:*"}""", "logs:TagResource " + Logs + "g:log-stream:")]
    public void OfLogs(string operation, string body, string expected)
    {
        var context = Request("POST", "/", body, $"X-Amz-Target: Logs_20140328.{operation}");

        Assert.Equal(expected, Text(new LogsActions(place).Of(context)));
    }

    [Theory]
    [InlineData("PutRule", """{"Name":"r"}""", "events:PutRule " + Events + "rule/r")]
    [InlineData("PutRule", """{"Name":"r","Tags":[{"Key":"a","Value":"b"}]}""", "events:PutRule " + Events + "rule/r; events:TagResource " + Events + "rule/r")]
    [InlineData("PutTargets", """{"Rule":"r"}""", "events:PutTargets " + Events + "rule/r")]
    [InlineData("ListRules", "{}", "events:ListRules " + Events + "rule/")]
    [InlineData("ListTagsForResource", """{"ResourceARN":"arn:x"}""", "events:ListTagsForResource arn:x")]
    [InlineData("PutEvents", """{"Entries":[{"Source":"a"}]}""", "events:PutEvents " + Events + "event-bus/default")]
    [InlineData("PutTargets", """{"Name":"mine","Rule":"other"}""", "events:PutTargets " + Events + "rule/other")]
    [InlineData("RemoveTargets", """{"Name":"mine","Rule":"other"}""", "events:RemoveTargets " + Events + "rule/other")]
    [InlineData("ListTargetsByRule", """{"Name":"mine","Rule":"other"}""", "events:ListTargetsByRule " + Events + "rule/other")]
    [InlineData("DeleteRule", """{"Name":"other","Rule":"mine"}""", "events:DeleteRule " + Events + "rule/other")]
    [InlineData("ListRules", """{"Name":"mine","NamePrefix":"other"}""", "events:ListRules " + Events + "rule/other")]
    public void OfEventBridge(string operation, string body, string expected)
    {
        var context = Request("POST", "/", body, $"X-Amz-Target: AWSEvents.{operation}");

        Assert.Equal(expected, Text(new EventsActions(place).Of(context)));
    }

    [Theory]
    [InlineData("Action=SendMessage&QueueUrl=http%3A%2F%2F127.0.0.1%3A1%2F123456789012%2Fq&MessageBody=x", "", "sqs:SendMessage " + Sqs + "q")]
    [InlineData("Action=CreateQueue&QueueName=q", "", "sqs:CreateQueue " + Sqs + "q")]
    [InlineData("""{"QueueUrl":"http://127.0.0.1:1/123456789012/q","Entries":[]}""", "DeleteMessageBatch", "sqs:DeleteMessage " + Sqs + "q")]
    [InlineData("""{"QueueName":"mine","QueueUrl":"http://127.0.0.1:1/123456789012/other"}""", "PurgeQueue", "sqs:PurgeQueue " + Sqs + "other")]
    [InlineData("""{"QueueName":"other","QueueUrl":"http://127.0.0.1:1/123456789012/mine"}""", "GetQueueUrl", "sqs:GetQueueUrl " + Sqs + "other")]
    [InlineData("""{"QueueName":"mine"}""", "ListQueues", "sqs:ListQueues " + Sqs)]
    public void OfSqs(string body, string operation, string expected)
    {
        var context = Request("POST", "/", body, operation.Length == 0 ? "" : $"X-Amz-Target: AmazonSQS.{operation}");

        Assert.Equal(expected, Text(new SqsActions(place).Of(context)));
    }

    [Theory]
    [InlineData("Action=Publish&TopicArn=arn%3Aaws%3Asns%3Ax%3A1%3At&Message=x", "sns:Publish arn:aws:sns:x:1:t")]
    [InlineData("Action=Unsubscribe&SubscriptionArn=arn%3Aaws%3Asns%3Ax%3A1%3At%3Aid", "sns:Unsubscribe arn:aws:sns:x:1:t")]
    [InlineData("Action=CreateTopic&Name=t", "sns:CreateTopic arn:aws:sns:eu-west-1:123456789012:t")]
    [InlineData("Action=Unsubscribe&TopicArn=arn%3Aaws%3Asns%3Ax%3A1%3Amine&SubscriptionArn=arn%3Aaws%3Asns%3Ax%3A1%3Aother%3Aid", "sns:Unsubscribe arn:aws:sns:x:1:other")]
    [InlineData("Action=SetSubscriptionAttributes&ResourceArn=arn%3Aaws%3Asns%3Ax%3A1%3Amine&SubscriptionArn=arn%3Aaws%3Asns%3Ax%3A1%3Aother%3Aid", "sns:SetSubscriptionAttributes arn:aws:sns:x:1:other")]
    [InlineData("Action=TagResource&TopicArn=arn%3Aaws%3Asns%3Ax%3A1%3Amine&ResourceArn=arn%3Aaws%3Asns%3Ax%3A1%3Aother", "sns:TagResource arn:aws:sns:x:1:other")]
    [InlineData("Action=DeleteTopic&TargetArn=arn%3Aaws%3Asns%3Ax%3A1%3Amine&TopicArn=arn%3Aaws%3Asns%3Ax%3A1%3Aother", "sns:DeleteTopic arn:aws:sns:x:1:other")]
    [InlineData("Action=CreateTopic&TopicArn=arn%3Aaws%3Asns%3Ax%3A1%3Amine&Name=other", "sns:CreateTopic arn:aws:sns:eu-west-1:123456789012:other")]
    [InlineData("Action=ListTopics&Name=mine", "sns:ListTopics arn:aws:sns:eu-west-1:123456789012:")]
    public void OfSns(string body, string expected)
    {
        Assert.Equal(expected, Text(new SnsActions(place).Of(Request("POST", "/", body, ""))));
    }

    [Theory]
    [InlineData("DeleteRepository", """{"repositoryName":"other","resourceArn":"arn:mine"}""", "ecr:DeleteRepository " + Ecr + "other")]
    [InlineData("TagResource", """{"repositoryName":"mine","resourceArn":"arn:other"}""", "ecr:TagResource arn:other")]
    [InlineData("DescribeRepositories", """{"repositoryName":"mine","repositoryNames":["a","b"]}""", "ecr:DescribeRepositories " + Ecr + "a; ecr:DescribeRepositories " + Ecr + "b")]
    [InlineData("DescribeRepositories", "{}", "ecr:DescribeRepositories " + Ecr + "*")]
    [InlineData("BatchDeleteImage", """{"repositoryName":"r"}""", "ecr:BatchDeleteImage " + Ecr + "r")]
    [InlineData("GetAuthorizationToken", "{}", "ecr:GetAuthorizationToken *")]
    public void OfEcr(string operation, string body, string expected)
    {
        Assert.Equal(expected, Text(new EcrActions(place).Of(Request("POST", "/", body, $"X-Amz-Target: AmazonEC2ContainerRegistry_V20150921.{operation}"))));
    }

    [Theory]
    [InlineData("Action=DescribeSubnets", "ec2:DescribeSubnets *")]
    [InlineData("Action=CreateLaunchTemplate&LaunchTemplateName=new", "ec2:CreateLaunchTemplate " + Ec2 + "*")]
    [InlineData("Action=DeleteLaunchTemplate&LaunchTemplateId=lt-1", "ec2:DeleteLaunchTemplate " + Ec2 + "lt-1")]
    [InlineData("Action=DeleteLaunchTemplate&LaunchTemplateName=other&LaunchTemplateId=lt-mine", "ec2:DeleteLaunchTemplate " + Ec2 + "lt-other")]
    [InlineData("\uFEFFAction=DeleteLaunchTemplate&LaunchTemplateId=lt-1", "ec2:* " + Ec2 + "lt-1")]
    public void OfEc2(string body, string expected)
    {
        Assert.Equal(expected, Text(new Ec2Actions(place, name => name == "other" ? "lt-other" : null).Of(Request("POST", "/", body, ""))));
    }

    [Theory]
    [InlineData("PUT", "/b/k", "x-amz-server-side-encryption-aws-kms-key-id: 1234", "s3:PutObject arn:aws:s3:::b/k [s3:x-amz-server-side-encryption-aws-kms-key-id=1234]; kms:GenerateDataKey " + Kms + "1234")]
    [InlineData("PUT", "/b/k", "x-amz-server-side-encryption-aws-kms-key-id: alias/a", "s3:PutObject arn:aws:s3:::b/k [s3:x-amz-server-side-encryption-aws-kms-key-id=alias/a]; kms:GenerateDataKey " + Kms + "a [kms:ResourceAliases=alias/a]")]
    [InlineData("PUT", "/b/k", "x-amz-server-side-encryption-aws-kms-key-id: alias/aws/s3", "s3:PutObject arn:aws:s3:::b/k [s3:x-amz-server-side-encryption-aws-kms-key-id=alias/aws/s3]")]
    [InlineData("POST", "/b/k?uploads", "x-amz-server-side-encryption-aws-kms-key-id: arn:aws:kms:x:1:key/2", "s3:PutObject arn:aws:s3:::b/k [s3:x-amz-server-side-encryption-aws-kms-key-id=arn:aws:kms:x:1:key/2]; kms:GenerateDataKey arn:aws:kms:x:1:key/2; kms:Decrypt arn:aws:kms:x:1:key/2")]
    public void OfKeys(string method, string target, string header, string expected)
    {
        Assert.Equal(expected, Text(new S3Actions(place).Of(Request(method, target, "", header))));
    }

    [Fact]
    public void OfASourceThatIsNamedTwice()
    {
        var context = Request("PUT", "/b/k", "", "");
        context.Request.Headers["x-amz-copy-source"] = new(["secret/a", "b"]);

        Assert.Equal("s3:PutObject arn:aws:s3:::b/k [s3:x-amz-copy-source=secret/a,b]; s3:GetObject arn:aws:s3:::secret/a,b", Text(new S3Actions(place).Of(context)));
    }

    private static DefaultHttpContext Request(string method, string target, string body, string header)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        RequestTarget.Of(context, null);
        if (header.Split(": ", 2) is [var name, var value])
        {
            context.Request.Headers[name] = value;
        }

        return context;
    }

    private static string Text(IEnumerable<AccessRequest> requests) => string.Join("; ", requests.Select(request =>
        $"{request.Action} {request.Resource}" + (request.Context.Count == 0
            ? ""
            : $" [{string.Join(' ', request.Context.OrderBy(key => key.Key, StringComparer.Ordinal).Select(key => $"{key.Key}={string.Join(',', key.Value)}"))}]")));
}
