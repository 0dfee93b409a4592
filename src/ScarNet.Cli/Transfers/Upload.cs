namespace ScarNet.Cli.Transfers;

/// <summary>One file on its way into a bucket.</summary>
internal sealed record Upload(string File, S3Address To, long Size);
