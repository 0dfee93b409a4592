using Amazon.S3.Model;
using ScarNet.Core.Functions;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Makes of a function that was just deployed what an older <c>init</c> would have made: no version, no alias, S3 calls the function itself.</summary>
internal static class BeforeAliases
{
    public static async Task Init(Deployment deployment, FunctionDefinition function, CancellationToken cancellation)
    {
        await deployment.Init(function);
        var (lambda, name) = (deployment.Clients.Lambda, function.Name);
        await lambda.PutFunctionEventInvokeConfigAsync(new() { FunctionName = name, MaximumRetryAttempts = function.Retries }, cancellation);
        foreach (var bucket in function.Triggers.Select(trigger => trigger.Bucket))
        {
            await Permit(deployment, name, bucket, cancellation);
            var told = (await deployment.Clients.S3.GetBucketNotificationAsync(bucket, cancellation)).LambdaFunctionConfigurations;
            told.ForEach(entry => entry.FunctionArn = Itself(name));
            await deployment.Clients.S3.PutBucketNotificationAsync(new PutBucketNotificationRequest { BucketName = bucket, LambdaFunctionConfigurations = told }, cancellation);
        }

        await lambda.DeleteAliasAsync(new() { FunctionName = name, Name = "live" }, cancellation);
        await lambda.DeleteFunctionAsync(new() { FunctionName = name, Qualifier = "1" }, cancellation);
        deployment.Recorder.Forget();
    }

    public static string Itself(string function) => $"arn:aws:lambda:us-east-1:000000000000:function:{function}";

    private static Task Permit(Deployment deployment, string function, string bucket, CancellationToken cancellation) => deployment.Clients.Lambda.AddPermissionAsync(
        new()
        {
            FunctionName = function,
            StatementId = $"scarnet-s3-{bucket}",
            Action = "lambda:InvokeFunction",
            Principal = "s3.amazonaws.com",
            SourceArn = $"arn:aws:s3:::{bucket}",
            SourceAccount = "000000000000",
        },
        cancellation);
}
