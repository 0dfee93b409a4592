namespace ScarNet.Core.Functions;

/// <summary>An EFS file system in a Lambda function.</summary>
/// <param name="AccessPoint">ARN of the access point.</param>
/// <param name="Path">Directory below /mnt where the function finds it. Source: docs.aws.amazon.com/lambda/latest/api/API_FileSystemConfig.html</param>
public sealed record FileSystemMount(string AccessPoint, string Path);
