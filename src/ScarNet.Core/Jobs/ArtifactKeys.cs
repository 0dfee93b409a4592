namespace ScarNet.Core.Jobs;

/// <summary>The layout of the artifact bucket. Nothing in it may carry a notification.</summary>
public static class ArtifactKeys
{
    /// <summary>Bucket of an account and region: claims, run records, scripts, specs, the supervisor.</summary>
    public static string Bucket(string account, string region) => $"scarnet-artifacts-{account}-{region}";

    /// <summary>Below these every key is made of the SHA-256 of its content, and of nothing else.</summary>
    public static IReadOnlyList<string> ContentAddressed { get; } = ["files/", "packages/", "scripts/", "specs/", "supervisor/"];

    public static string Supervisor(string sha256) => $"supervisor/{sha256}";

    public static string Script(string sha256) => $"scripts/{sha256}";

    /// <summary>A file that every run of a function finds in its workspace.</summary>
    public static string File(string sha256) => $"files/{sha256}";

    public static string Package(string sha256) => $"packages/{sha256}.zip";

    public static string Spec(string sha256) => $"specs/{sha256}";

    public static string Code(string function, string sha256) => $"code/{function}/{sha256}.zip";

    public static string Event(string function, string sha256) => $"events/{function}/{sha256}";

    /// <summary>An <see cref="ArrayManifest"/>.</summary>
    public static string Array(string function, string sha256) => $"arrays/{function}/{sha256}";

    /// <summary>One object for each child of an array job that has failed for good, named by its index.</summary>
    public static string FailedChildren(string function, string jobId) => $"{FailedChildren(function)}{jobId}/";

    public static string FailedChildren(string function) => $"arrays/{function}/failed/";

    public static string Claim(string function, string invocationId) => $"claims/{function}/{invocationId}";

    public static string Claims(string function) => $"claims/{function}/";

    /// <summary>Work that was done, by its <see cref="ResultKey"/>.</summary>
    public static string Result(string function, string key) => $"results/{function}/{key}.json";

    public static string Run(string function, DateTimeOffset day, string invocationId) =>
        $"runs/{function}/{day.UtcDateTime:yyyy-MM-dd}/{invocationId}.json";

    public static string Runs(string function) => $"runs/{function}/";
}
