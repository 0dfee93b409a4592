namespace ScarNet.Cli.Output;

/// <param name="Files">What arrived.</param>
/// <param name="Bytes">Bytes of what arrived.</param>
/// <param name="Failed">What did not.</param>
internal sealed record TransferAnswer(IReadOnlyList<TransferredFile> Files, long Bytes, IReadOnlyList<FailedTransfer> Failed);

/// <param name="From">File or s3:// address.</param>
/// <param name="To">s3:// address or file.</param>
/// <param name="Size">Bytes.</param>
internal sealed record TransferredFile(string From, string To, long Size);

internal sealed record FailedTransfer(string From, string To, string Reason);
