using System.Text;
using System.Text.Json;

namespace ScarNet.Tests.Events;

/// <summary>Payloads as the services send them.</summary>
internal static class EventTexts
{
    public static string S3Record(
        string encodedKey, string eventName = "ObjectCreated:Put", string version = "2.1", string sequencer = "0055AED6DCD90281E5") => $$$"""
        {"eventVersion":"{{{version}}}","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2026-11-21T10:11:12.345Z",
         "eventName":"{{{eventName}}}","userIdentity":{"principalId":"A3I5XTEXAMAI3E"},
         "s3":{"s3SchemaVersion":"1.0","configurationId":"scarnet:f:1",
          "bucket":{"name":"in","ownerIdentity":{"principalId":"A3"},"arn":"arn:aws:s3:::in"},
          "object":{"key":{{{JsonSerializer.Serialize(encodedKey)}}},"size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e","versionId":"v1",
                    "sequencer":"{{{sequencer}}}"}
          }}
        """;

    public static string S3(params IEnumerable<string> records) => $$$"""{"Records":[{{{string.Join(',', records)}}}]}""";

    public static string Sns(string message) => $$$"""
        {"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","EventSubscriptionArn":"arn:aws:sns:eu-west-1:1:t:s",
          "Sns":{"Type":"Notification","MessageId":"m1","TopicArn":"arn:aws:sns:eu-west-1:1:t","Message":{{{JsonSerializer.Serialize(message)}}}}}]}
        """;

    public static string SnsNotification(string message) => $$$"""
        {"Type":"Notification","MessageId":"m1","TopicArn":"arn:aws:sns:eu-west-1:1:t","Message":{{{JsonSerializer.Serialize(message)}}}}
        """;

    public static string Sqs(params IEnumerable<string> bodies) => S3(bodies.Select((body, i) => $$$"""
        {"messageId":"q{{{i}}}","receiptHandle":"h","body":{{{JsonSerializer.Serialize(body)}}},"eventSource":"aws:sqs","awsRegion":"eu-west-1"}
        """));

    public static string EventBridge(string key, string kind = "Object Created") => $$$"""
        {"version":"0","id":"17793124","detail-type":"{{{kind}}}","source":"aws.s3","account":"111122223333","time":"2026-11-21T10:11:12Z",
         "region":"eu-west-1","resources":["arn:aws:s3:::in"],
         "detail":{"version":"0","bucket":{"name":"in"},
          "object":{"key":{{{JsonSerializer.Serialize(key)}}},"size":5,"etag":"b1946ac92492d2347c6235b4d2611184","version-id":"v2","sequencer":"00617F08299329D189"},
          "request-id":"N4N7","requester":"123456789012","source-ip-address":"1.2.3.4","reason":"PutObject"}}
        """;

    public static string BatchOperations(string encodedKey) => $$$"""
        {"invocationSchemaVersion":"1.0","invocationId":"YXNkbGZqYWRmaiBhc2RmdW9hZHNmZGpmaGFzbGtkaGZza2RmaAo","job":{"id":"f3cc4f60"},
         "tasks":[{"taskId":"dGFza2lkZ29lc2hlcmUK","s3Key":{{{JsonSerializer.Serialize(encodedKey)}}},"s3VersionId":"1","s3BucketArn":"arn:aws:s3:::in"}]}
        """;

    public static byte[] Bytes(this string text) => Encoding.UTF8.GetBytes(text);
}
