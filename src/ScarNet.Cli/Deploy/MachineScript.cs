using System.Text;

namespace ScarNet.Cli.Deploy;

/// <summary>What a machine of AWS Batch runs once, before its ECS agent starts: <c>machine.sh</c> with what differs at its head.</summary>
/// <param name="Supervisors"><c>bucket/sha256</c> of each that jobs may mount, first that of the release that came last; one digest may be in several buckets.</param>
/// <param name="Scratch">Whether there is a scratch volume.</param>
/// <param name="Region">Of the bucket.</param>
/// <param name="Storage">Address of S3.</param>
internal sealed record MachineScript(IReadOnlyList<string> Supervisors, bool Scratch, string Region, string Storage)
{
    /// <summary>Source: docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html</summary>
    public const int MostBytes = 16_384;

    private const string Boundary = "==SCARNET==";

    private static readonly string body = Read();

    /// <summary>Before each path: nothing but in tests.</summary>
    public string Root { get; init; } = "";

    /// <summary>The machine's metadata service.</summary>
    public string Metadata { get; init; } = "http://169.254.169.254";

    /// <summary>Seconds between two tries.</summary>
    public int Pause { get; init; } = 10;

    /// <summary>The script. Nothing in it is quoted by the shell that could end a quotation: buckets, digests and regions are letters, digits, dots and dashes.</summary>
    public string Text() => $"""
        #!/bin/bash
        # What a machine of AWS Batch needs before it takes jobs: a scratch volume, and the supervisor where jobs mount it.
        set -eu -o pipefail
        root='{Root}'
        scratch={(Scratch ? "yes" : "no")}
        supervisors='{string.Join(' ', Supervisors)}'
        region='{Region}'
        storage='{Storage}'
        metadata='{Metadata}'
        pause={Pause}


        """ + body;

    /// <summary>As user data: a MIME document, since Batch adds a part of its own. Source: docs.aws.amazon.com/batch/latest/userguide/launch-templates.html</summary>
    public byte[] UserData() => Encoding.ASCII.GetBytes($"""
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="{Boundary}"

        --{Boundary}
        Content-Type: text/x-shellscript; charset="us-ascii"

        {Text()}
        --{Boundary}--

        """);

    private static string Read()
    {
        using var stream = typeof(MachineScript).Assembly.GetManifestResourceStream("machine.sh")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
