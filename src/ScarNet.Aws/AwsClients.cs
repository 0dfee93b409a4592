using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using ScarNet.Aws.Batch;
using ScarNet.Aws.CloudFormation;
using ScarNet.Aws.Ec2;
using ScarNet.Aws.Ecr;
using ScarNet.Aws.EventBridge;
using ScarNet.Aws.Iam;
using ScarNet.Aws.Lambda;
using ScarNet.Aws.Logs;
using ScarNet.Aws.S3;
using ScarNet.Aws.SecretsManager;
using ScarNet.Aws.SimpleSystemsManagement;
using ScarNet.Aws.Sns;
using ScarNet.Aws.Status;

namespace ScarNet.Aws;

/// <summary>
/// The clients of one account and region, made when first asked for. Honours what every AWS tool honours: profiles, SSO, the
/// environment, <c>AWS_ENDPOINT_URL</c> and <c>AWS_ENDPOINT_URL_&lt;SERVICE&gt;</c>. Safe for concurrent use.
/// </summary>
public sealed class AwsClients : IDisposable
{
    /// <summary>Longest time a synchronous invocation may take (15 min) and a little for the way.</summary>
    private static readonly TimeSpan longestInvocation = TimeSpan.FromMinutes(16);

    /// <summary>Of every other call: with the waits of <see cref="AwsSettings.MakesManyCalls"/> in it, and long before somebody thinks that nothing comes any more.</summary>
    private static readonly TimeSpan longestCall = TimeSpan.FromMinutes(3);

    /// <summary>Of <see cref="AwsSettings.MakesManyCalls"/>: with the SDK's waits, random below 1 s, 2 s, 4 s … 20 s, a minute and more.</summary>
    private const int MostRetries = 10;

    private readonly AwsSettings settings;
    private readonly AWSCredentials? credentials;
    private readonly Dictionary<AwsSettings, AwsClients> others = [];
    private readonly Lazy<AmazonS3Client> s3;
    private readonly Lazy<AmazonSecurityTokenServiceClient> sts;
    private readonly Lazy<AmazonBatchClient> batch;
    private readonly Lazy<AmazonLambdaClient> lambda;
    private readonly Lazy<AmazonCloudWatchLogsClient> logs;
    private readonly Lazy<AmazonIdentityManagementServiceClient> iam;
    private readonly Lazy<AmazonECRClient> ecr;
    private readonly Lazy<AmazonEventBridgeClient> events;
    private readonly Lazy<AmazonSimpleNotificationServiceClient> sns;
    private readonly Lazy<AmazonSecretsManagerClient> secrets;
    private readonly Lazy<AmazonSimpleSystemsManagementClient> parameters;
    private readonly Lazy<AmazonEC2Client> ec2;
    private readonly Lazy<AmazonCloudFormationClient> stacks;
    private readonly Lazy<StatusClient> status;

    /// <exception cref="Core.ScarException">The profile does not exist, or half a key was given, or there is no region.</exception>
    public AwsClients(AwsSettings settings)
    {
        this.settings = settings;
        Endpoints.Check(settings.Endpoint, "the endpoint");
        Endpoints.Check(Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL"), "AWS_ENDPOINT_URL");
        credentials = Credentials.From(settings);
        Region = Regions.Find(settings) ?? (Regions.EndpointIsGiven(settings) ? "us-east-1" : throw NoRegion.Exception());
        s3 = new(MakeS3);
        sts = new(() => new AmazonSecurityTokenServiceClient(credentials, Configure(new AmazonSecurityTokenServiceConfig())));
        batch = new(() => new AmazonBatchClient(credentials, Configure(new AmazonBatchConfig())));
        lambda = new(() => new AmazonLambdaClient(credentials, Configure(new AmazonLambdaConfig())));
        logs = new(() => new AmazonCloudWatchLogsClient(credentials, Configure(new AmazonCloudWatchLogsConfig())));
        iam = new(() => new AmazonIdentityManagementServiceClient(credentials, ConfigureIam()));
        ecr = new(() => new AmazonECRClient(credentials, Configure(new AmazonECRConfig())));
        events = new(() => new AmazonEventBridgeClient(credentials, Configure(new AmazonEventBridgeConfig())));
        sns = new(() => new AmazonSimpleNotificationServiceClient(credentials, Configure(new AmazonSimpleNotificationServiceConfig())));
        secrets = new(() => new AmazonSecretsManagerClient(credentials, Configure(new AmazonSecretsManagerConfig())));
        parameters = new(() => new AmazonSimpleSystemsManagementClient(credentials, Configure(new AmazonSimpleSystemsManagementConfig())));
        ec2 = new(() => new AmazonEC2Client(credentials, Configure(new AmazonEC2Config())));
        stacks = new(() => new AmazonCloudFormationClient(credentials, Configure(new AmazonCloudFormationConfig())));
        status = new(() => new StatusClient(credentials, Configure(new StatusConfig())));
    }

    public IAmazonS3 S3 => s3.Value;

    public IAmazonSecurityTokenService Sts => sts.Value;

    public AmazonBatchClient Batch => batch.Value;

    public AmazonLambdaClient Lambda => lambda.Value;

    public AmazonCloudWatchLogsClient Logs => logs.Value;

    public AmazonIdentityManagementServiceClient Iam => iam.Value;

    public AmazonECRClient Ecr => ecr.Value;

    public AmazonEventBridgeClient EventBridge => events.Value;

    public AmazonSimpleNotificationServiceClient Sns => sns.Value;

    public AmazonSecretsManagerClient SecretsManager => secrets.Value;

    public AmazonSimpleSystemsManagementClient Ssm => parameters.Value;

    public AmazonEC2Client Ec2 => ec2.Value;

    public AmazonCloudFormationClient CloudFormation => stacks.Value;

    /// <summary>The embedded engine's own API. AWS does not have it.</summary>
    public StatusClient Status => status.Value;

    /// <summary>Region of every call; <c>us-east-1</c> when none is configured but an endpoint is.</summary>
    public string Region { get; }

    /// <summary>Id of the account whose credentials these are.</summary>
    public async Task<string> Account(CancellationToken cancellation) =>
        account ??= (await Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellation)).Account;

    private string? account;

    /// <summary>The clients of another profile or region; these when neither is another. They end with these.</summary>
    public AwsClients For(string? profile, string? region)
    {
        var wanted = settings with { Profile = profile ?? settings.Profile, Region = region ?? settings.Region };
        if (wanted == settings || (wanted.Profile == settings.Profile && wanted.Region == Region))
        {
            return this;
        }

        lock (others)
        {
            if (!others.TryGetValue(wanted, out var clients))
            {
                clients = new AwsClients(wanted);
                others.Add(wanted, clients);
            }

            return clients;
        }
    }

    public void Dispose()
    {
        foreach (var clients in others.Values)
        {
            clients.Dispose();
        }

        Dispose(s3);
        Dispose(sts);
        Dispose(batch);
        Dispose(lambda);
        Dispose(logs);
        Dispose(iam);
        Dispose(ecr);
        Dispose(events);
        Dispose(sns);
        Dispose(secrets);
        Dispose(parameters);
        Dispose(ec2);
        Dispose(stacks);
        Dispose(status);
    }

    private static void Dispose<T>(Lazy<T> client)
        where T : IDisposable
    {
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }

    private AmazonS3Client MakeS3()
    {
        var config = Configure(new AmazonS3Config());
        return settings.ReadsManyObjects
            ? new DirectS3Client(credentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials(config), config, Region)
            : new AmazonS3Client(credentials, config);
    }

    private AmazonIdentityManagementServiceConfig ConfigureIam()
    {
        var config = Configure(new AmazonIdentityManagementServiceConfig());
        config.AuthenticationRegion = AmazonIdentityManagementServiceConfig.SigningRegion(Region);
        return config;
    }

    // The SDK does not look at these variables by itself here; tests hold it so in a process of its own.
    private static string? Given(ClientConfig config) => Endpoints.OfEnvironment(config switch
    {
        AmazonS3Config => "S3",
        AmazonSecurityTokenServiceConfig => "STS",
        _ => config.ServiceId.Replace(' ', '_').ToUpperInvariant(),
    });

    private T Configure<T>(T config)
        where T : ClientConfig
    {
        if (settings.Profile is { Length: > 0 } profile)
        {
            config.Profile = new Profile(profile);
        }

        if ((settings.Endpoint ?? Given(config)) is { Length: > 0 } endpoint)
        {
            config.ServiceURL = endpoint;
        }

        // Reading ServiceURL is what makes the SDK look at endpoint_url of a profile; setting a region afterwards would clear it.
        if (string.IsNullOrEmpty(config.ServiceURL))
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
        }
        else
        {
            config.AuthenticationRegion = Region;
            if (config is AmazonS3Config s3Config)
            {
                // bucket.127.0.0.1 is no name.
                s3Config.ForcePathStyle = true;
            }
        }

        if (settings.Http is { } http)
        {
            config.HttpClientFactory = http;
        }

        // The one call to STS comes first: where nobody answers, it says so soon.
        if (settings.MakesManyCalls && config is not AmazonSecurityTokenServiceConfig && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AWS_MAX_ATTEMPTS")))
        {
            config.MaxErrorRetry = MostRetries;
            config.ThrottleRetries = false; // the SDK's quota gives up after a hundred retries of all calls together; they are paced here
        }

        // S3's is as long, since a large part of an object on a slow line is one call.
        config.Timeout = config is AmazonLambdaConfig or AmazonS3Config ? longestInvocation : longestCall;
        return config;
    }
}
