using System.Globalization;
using ScarNet.Core;

namespace ScarNet.Cli.Health;

/// <summary>What is to be thought of what a machine shows. Looks at nothing itself.</summary>
internal static class MachineVerdicts
{
    private const long MiB = 1024 * 1024;
    private const long TooLittle = 256 * MiB;
    private const long Little = 2048 * MiB;

    /// <summary>Of a clock that is off by this much AWS refuses signatures. Source: docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html has 15 min for S3, the other services 5.</summary>
    private static readonly TimeSpan mostSkew = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan muchSkew = TimeSpan.FromMinutes(1);

    /// <param name="ahead">How far this machine's clock is ahead of the server's; negative is behind.</param>
    public static Finding Clock(TimeSpan ahead)
    {
        var off = ahead.Duration();
        var words = $"{Math.Round(off.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} AWS's";
        return off > mostSkew ? Finding.Problem("clock", $"{words}: signatures are refused from 5 min on", "sudo timedatectl set-ntp true")
            : off > muchSkew ? Finding.Warning("clock", words, "sudo timedatectl set-ntp true")
            : Finding.Ok("clock", off < TimeSpan.FromSeconds(2) ? "as AWS's" : words);
    }

    /// <param name="check">What lies there.</param>
    /// <param name="path">Where.</param>
    /// <param name="free">Bytes that this user may still write.</param>
    public static Finding Disk(string check, string path, long free)
    {
        var words = $"{(free / (1024.0 * MiB)).ToString("0.0", CultureInfo.InvariantCulture)} GiB free at {path}";
        return free < TooLittle ? Finding.Problem(check, words, $"make room, or point {Elsewhere(check)} at another disk")
            : free < Little ? Finding.Warning(check, words, $"make room, or point {Elsewhere(check)} at another disk")
            : Finding.Ok(check, words);
    }

    /// <param name="address">Where it listens.</param>
    /// <param name="problem">Why it does not answer; null when it does.</param>
    public static Finding Docker(string? address, ScarException? problem) => problem is null
        ? Finding.Ok("docker", $"answers at {address}")
        : Finding.Warning("docker", $"{problem.Message}; functions with an image need it here", "sudo systemctl start docker, or set DOCKER_HOST");

    /// <param name="path">Of the supervisor's binary; null when there is none.</param>
    public static Finding Supervisor(string? path) => path is not null
        ? Finding.Ok("supervisor", path)
        : Finding.Problem("supervisor", "the supervisor's binary is not there: nothing can be deployed or run", "./scarnet version");

    /// <param name="endpoint">Null when it is not running.</param>
    /// <param name="data">Its directory.</param>
    /// <param name="isOlder">Whether it was started before this program was built.</param>
    /// <param name="failure">Why it does not answer although its process is there.</param>
    public static Finding Engine(string? endpoint, string data, bool isOlder, string? failure) =>
        failure is not null ? Finding.Problem("engine", $"at {endpoint}, but does not answer: {failure}", "scarnet local stop")
        : endpoint is null ? Finding.Ok("engine", $"not running ({data}); a command with --local starts it")
        : isOlder ? Finding.Warning("engine", $"runs at {endpoint}, and is older than this program", "scarnet local stop; scarnet local start")
        : Finding.Ok("engine", $"runs at {endpoint} in this version");

    /// <param name="missing">Program → the package that has it.</param>
    public static Finding Tools(IReadOnlyDictionary<string, string> missing) => missing.Count == 0
        ? Finding.Ok("tools", "what the examples need is there")
        : Finding.Warning(
            "tools",
            $"not installed: {string.Join(", ", missing.Keys)}; the examples with an image need it",
            $"sudo apt-get install {string.Join(' ', missing.Values.Distinct())}");

    private static string Elsewhere(string check) => check == "data" ? "--data" : "TMPDIR";
}
