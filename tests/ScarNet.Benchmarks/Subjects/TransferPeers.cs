using ScarNet.Benchmarks.Clients;

namespace ScarNet.Benchmarks.Subjects;

/// <summary>The tools that people carry objects with: Debian's rclone, aws-cli and s3cmd, those of them that are installed.</summary>
/// <param name="s3">The server.</param>
/// <param name="environment">Endpoint and keys, as the SDKs read them.</param>
/// <param name="scratch">Where s3cmd's configuration goes.</param>
internal sealed class TransferPeers(S3Endpoint s3, IReadOnlyDictionary<string, string> environment, Scratch scratch)
{
    private const int ManyAtOnce = 32;

    /// <summary>Name → what carries a directory or a file from one place to the other; a place is a path or <c>s3://…</c>.</summary>
    public IReadOnlyDictionary<string, Func<string, string, bool, CancellationToken, Task<Measured>>> Installed => All
        .Where(peer => File.Exists(Path.Combine("/usr/bin", peer.Key)))
        .ToDictionary(StringComparer.Ordinal);

    private Dictionary<string, Func<string, string, bool, CancellationToken, Task<Measured>>> All => new(StringComparer.Ordinal)
    {
        ["rclone"] = Rclone,
        ["aws"] = Aws,
        ["s3cmd"] = S3cmd,
    };

    private Task<Measured> Rclone(string from, string to, bool directory, CancellationToken cancellation) => Run(
        "rclone",
        [directory ? "copy" : "copyto", "--transfers", $"{ManyAtOnce}", "--checkers", $"{ManyAtOnce}", Remote(from), Remote(to)],
        cancellation);

    private Task<Measured> Aws(string from, string to, bool directory, CancellationToken cancellation) =>
        Run("aws", ["--endpoint-url", $"{s3.Address}", "s3", "cp", "--only-show-errors", .. directory ? (string[])["--recursive"] : [], from, to], cancellation);

    private async Task<Measured> S3cmd(string from, string to, bool directory, CancellationToken cancellation)
    {
        var config = scratch.File("s3cmd");
        await File.WriteAllTextAsync(config, $"""
            [default]
            access_key = {s3.AccessKey}
            secret_key = {s3.SecretKey}
            host_base = {s3.Address.Authority}
            host_bucket = {s3.Address.Authority}
            bucket_location = {s3.Region}
            use_https = False
            signature_v2 = False
            """, cancellation);
        string[] recursive = directory ? ["--recursive"] : [];
        var verb = to.StartsWith("s3://", StringComparison.Ordinal) ? "put" : "get";
        if (directory && verb == "get")
        {
            Directory.CreateDirectory(to);
        }

        return await Run(
            "s3cmd", ["-c", config, "--quiet", "--force", verb, .. recursive, directory ? from + "/" : from, directory ? to + "/" : to], cancellation);
    }

    private static string Remote(string place) =>
        place.StartsWith("s3://", StringComparison.Ordinal) ? ":s3:" + place["s3://".Length..] : place;

    private Task<Measured> Run(string name, string[] arguments, CancellationToken cancellation)
    {
        var variables = new Dictionary<string, string>(environment)
        {
            ["RCLONE_CONFIG"] = "",
            ["AWS_CA_BUNDLE"] = "", // rclone refuses one
            ["RCLONE_S3_PROVIDER"] = "Other",
            ["RCLONE_S3_ENDPOINT"] = s3.Address.ToString(),
            ["RCLONE_S3_ACCESS_KEY_ID"] = s3.AccessKey,
            ["RCLONE_S3_SECRET_ACCESS_KEY"] = s3.SecretKey,
            ["RCLONE_S3_REGION"] = s3.Region,
            ["RCLONE_S3_NO_CHECK_BUCKET"] = "true",
        };
        return Measured.Run(Path.Combine("/usr/bin", name), arguments, variables, cancellation);
    }
}
