namespace ScarNet.Core.Functions;

/// <summary>What AWS allows. Source, where none is named: docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html</summary>
public static class AwsLimits
{
    /// <summary>Of a gp3 volume. Source: docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html</summary>
    public const int MaxVolumeGb = 16_384;

    /// <summary>What the snapshot in ECS's machine images needs. Source: docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-optimized_AMI.html</summary>
    public const int MinRootGb = 30;

    public const int FunctionNameLength = 64;
    public const int DescriptionLength = 256;
    public const int MinMemoryMiB = 128;
    public const int MaxMemoryMiB = 10_240;

    /// <summary>15 minutes. Source: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html</summary>
    public const int MaxTimeoutSeconds = 900;

    /// <summary>Source: docs.aws.amazon.com/lambda/latest/api/API_EphemeralStorage.html</summary>
    public const int MinEphemeralStorageMiB = 512;

    public const int MaxEphemeralStorageMiB = 10_240;

    /// <summary>All names and values together. Source: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html</summary>
    public const int LambdaEnvironmentBytes = 4096;

    public const int MaxLayers = 5;

    /// <summary>Source: docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html</summary>
    public const int MaxSubnets = 16;

    public const int MaxSecurityGroups = 5;
    public const int MaxTags = 50;

    /// <summary>Source: docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html</summary>
    public const int MaxLambdaRetries = 2;

    /// <summary>Ten attempts. Source: docs.aws.amazon.com/batch/latest/APIReference/API_RetryStrategy.html</summary>
    public const int MaxBatchRetries = 9;

    /// <summary>Source: docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html</summary>
    public const int MinBatchMemoryMiB = 4;

    /// <summary>Source: docs.aws.amazon.com/batch/latest/APIReference/API_JobTimeout.html</summary>
    public const int MinBatchTimeoutSeconds = 60;

    /// <summary>Characters of a notification's prefix or suffix. Source: docs.aws.amazon.com/AmazonS3/latest/API/API_FilterRule.html</summary>
    public const int NotificationFilterLength = 1024;

    /// <summary>Entries of one bucket's notifications. Source: docs.aws.amazon.com/general/latest/gr/s3.html</summary>
    public const int NotificationsPerBucket = 100;

    /// <summary>Characters of an event pattern. Source: docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html</summary>
    public const int EventPatternLength = 2048;

    /// <summary>Bytes of an object key. Source: docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html</summary>
    public const int KeyBytes = 1024;

    /// <summary>Tags of an object. Source: docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html</summary>
    public const int MaxObjectTags = 10;

    /// <summary>Characters. Source: the same.</summary>
    public const int TagKeyLength = 128;

    public const int TagValueLength = 256;

    /// <summary>User metadata of an object, names and values. Source: docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html</summary>
    public const int MetadataBytes = 2048;

    /// <summary>Rules of a retry strategy. Source: docs.aws.amazon.com/batch/latest/APIReference/API_RetryStrategy.html</summary>
    public const int MaxRetryRules = 5;

    /// <summary>Source: docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html</summary>
    public static IReadOnlyList<int> LogRetentionDays { get; } =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    /// <summary>vCPUs of a Fargate job. Source: docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html</summary>
    public static IReadOnlyList<decimal> FargateVcpus { get; } = [0.25m, 0.5m, 1, 2, 4, 8, 16];
}
