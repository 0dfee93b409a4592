using System.Diagnostics;
using System.Globalization;
using ScarNet.Benchmarks.Clients;

namespace ScarNet.Benchmarks.Subjects;

/// <summary>The peer: Debian's Python with its boto3, which does one PUT and one GET and nothing else.</summary>
internal static class PythonBoto3
{
    private const string Program = """
        import sys, boto3
        s3 = boto3.client('s3', endpoint_url=sys.argv[1])
        s3.put_object(Bucket='bench', Key='python', Body=b'x' * 1000)
        assert len(s3.get_object(Bucket='bench', Key='python')['Body'].read()) == 1000
        import resource
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        """;

    /// <summary>How long the process takes from start to end, and the peak of its resident memory.</summary>
    public static async Task<(TimeSpan Time, long PeakBytes)> Run(S3Endpoint s3, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var said = await Command.Run("/usr/bin/python3", ["-c", Program, s3.Address.ToString()], environment, cancellation);
        return (watch.Elapsed, long.Parse(said, CultureInfo.InvariantCulture) * 1024);
    }
}
