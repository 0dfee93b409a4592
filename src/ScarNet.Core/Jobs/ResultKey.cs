using System.Security.Cryptography;
using System.Text.Json;
using ScarNet.Core.Functions;

namespace ScarNet.Core.Jobs;

/// <summary>Names a piece of work by all that its result depends on, so that it is known again.</summary>
public static class ResultKey
{
    /// <summary>
    /// SHA-256, as lower-case hex, over the function as far as it matters (image, script, arguments, environment, outputs) and what it
    /// works on. When, where and how often it runs does not matter, nor what starts it.
    /// </summary>
    /// <param name="spec">The function.</param>
    /// <param name="names">Placeholders of this run: outputs count by where they go.</param>
    /// <param name="inputs">Each input's address and version.</param>
    /// <param name="image">Content of the function's image; null where only its name is known.</param>
    public static string Of(JobSpec spec, OutputNames names, IReadOnlyList<InputVersion> inputs, string? image = null)
    {
        var work = spec with
        {
            Mode = ExecutionMode.Lambda,
            Image = image ?? spec.Image,
            Sibling = null,
            InPhases = false,
            Script = spec.Script with { Text = null, Base64 = null }, // its digest stands for it
            Environment = new SortedDictionary<string, string>(spec.Environment.ToDictionary(), StringComparer.Ordinal),
            Triggers = [],
            Outputs = [.. spec.Outputs.Select(rule => rule with { Prefix = names.Fill(rule.Prefix) })],
            OnFailure = FailurePolicy.Keep,
            Overwrite = false,
            MaxHops = 0,
            TimeoutThresholdSeconds = 0,
            BatchTimeoutSeconds = null,
            Array = false,
            ErrorTolerance = null,
            After = [],
            Retries = null,
            RetryRules = null,
            BatchMemoryMiB = null,
            DiskFactor = null,
            ReferenceCache = null,
            LogLevel = "",
        };
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(JsonSerializer.SerializeToUtf8Bytes(work, Json.Default.JobSpec));
        digest.AppendData(JsonSerializer.SerializeToUtf8Bytes(inputs, Json.Default.IReadOnlyListInputVersion));
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
