using System.Security.Cryptography;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Stages;

/// <summary>The function's script, fetched once where it does not travel inside the spec.</summary>
internal sealed class ScriptSource(Documents documents, ScriptSpec spec)
{
    private byte[]? content;

    /// <exception cref="RunFailure">It is not where it should be, or not what it should be.</exception>
    public async Task<byte[]> Get(CancellationToken cancellation) => content ??= spec.Content() ?? await Fetch(cancellation);

    private async Task<byte[]> Fetch(CancellationToken cancellation)
    {
        var key = ArtifactKeys.Script(spec.Sha256);
        var content = await documents.ReadBytes(key, cancellation)
            ?? throw new RunFailure(ExitCodes.InputMissing, $"the function's script '{key}' is not in the artifact bucket: 'scarnet init' puts it there");
        return Convert.ToHexStringLower(SHA256.HashData(content)) == spec.Sha256
            ? content
            : throw new RunFailure(ExitCodes.InputMissing, $"the function's script '{key}' does not have the digest in its name: it was tampered with");
    }
}
