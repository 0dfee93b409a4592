using ScarNet.Core.Functions;
using ScarNet.Core.Iam;

namespace ScarNet.Tests.Definitions;

public sealed class KeptSecrets
{
    private const string SecretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf";

    private static readonly AwsPlace place = new("aws", "us-east-1", "000000000000");

    [Theory]
    [InlineData(SecretArn, SecretArn, SecretArn)]
    [InlineData(SecretArn + ":password", SecretArn + ":password::", SecretArn)]
    [InlineData(SecretArn + "::AWSPREVIOUS:", SecretArn + "::AWSPREVIOUS:", SecretArn)]
    [InlineData("arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-??????")]
    [InlineData("secretsmanager:prod/db", "arn:aws:secretsmanager:us-east-1:000000000000:secret:prod/db", "arn:aws:secretsmanager:us-east-1:000000000000:secret:prod/db-??????")]
    [InlineData("secretsmanager:my-secret:user:AWSCURRENT", "arn:aws:secretsmanager:us-east-1:000000000000:secret:my-secret:user:AWSCURRENT:", "arn:aws:secretsmanager:us-east-1:000000000000:secret:my-secret-??????")]
    [InlineData("ssm:/prod/token", "arn:aws:ssm:us-east-1:000000000000:parameter/prod/token", "arn:aws:ssm:us-east-1:000000000000:parameter/prod/token")]
    [InlineData("token", "arn:aws:ssm:us-east-1:000000000000:parameter/token", "arn:aws:ssm:us-east-1:000000000000:parameter/token")]
    [InlineData("arn:aws-cn:ssm:cn-north-1:123456789012:parameter/a/b", "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/a/b", "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/a/b")]
    public void AreNamedByArnOrName(string text, string valueFrom, string resource)
    {
        var function = Written.Short("secrets:", $"  TOKEN: '{text}'");

        var reference = Assert.Single(function.Secrets).Value;
        Assert.Equal((valueFrom, resource), (reference.ValueFrom(place), reference.Resource(place)));
        Assert.Equal(valueFrom, SecretReference.Parse(valueFrom)!.ValueFrom(place));
    }

    [Fact]
    public void SayTheirKey() =>
        Assert.Equal("alias/mine", Written.Short("secrets: {TOKEN: {from: /a/b, kms_key: alias/mine}}").Secrets["TOKEN"].KmsKey);

    [Theory]
    [InlineData("secrets: {TOKEN: 'arn:aws:s3:::bucket'}", "4:22: 'secrets.TOKEN' of function 'f' names no secret: 'arn:aws:s3:::bucket'", "secretsmanager:prod/db")]
    [InlineData("secrets: {TOKEN: 'a b'}", "4:22: 'secrets.TOKEN' of function 'f' names no secret: 'a b'", "the ARN of either")]
    [InlineData("secrets: {TOKEN: '*'}", "4:22: 'secrets.TOKEN' of function 'f' names no secret: '*'", "the ARN of either")]
    [InlineData("secrets: [TOKEN]", "4:14: 'secrets' of function 'f' must be a block of NAME: SECRET", "secretsmanager:prod/db")]
    [InlineData("secrets: {TOKEN: [a]}", "4:22: 'secrets.TOKEN' of function 'f' must be where the secret is kept", "an ARN or a name")]
    [InlineData("secrets: {TOKEN: {from: a, kms: b}}", "4:32: unknown key 'kms' in 'secrets.TOKEN' of function 'f'", "'from' and 'kms_key'")]
    [InlineData("secrets: {TOKEN: {kms_key: b}}", "4:22: 'secrets.TOKEN' of function 'f' must be where the secret is kept", "{from: …")]
    [InlineData("secrets: {my-token: a}", "4:15: secret 'my-token' of function 'f' is no name of a variable", "DB_PASSWORD")]
    [InlineData("secrets: {AWS_PROFILE: a}", "4:15: secret 'AWS_PROFILE' of function 'f' begins with 'AWS_'", "")]
    [InlineData("secrets: {TOKEN: a}\n    environment: {TOKEN: b}", "4:15: secret 'TOKEN' of function 'f' is an environment variable, too", "keep one")]
    public void AreRefusedWithTheirPlace(string lines, string error, string hint)
    {
        var said = Written.Problems(Written.ShortText(lines));

        Assert.Contains($"pipeline.yaml:{error}", said, StringComparison.Ordinal);
        Assert.Contains(hint, said, StringComparison.Ordinal);
    }
}
