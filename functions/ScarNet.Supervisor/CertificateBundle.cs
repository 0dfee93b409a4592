using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor;

/// <summary>
/// Certificate authorities for HTTPS. The library in this binary looks where Debian keeps them, and images have them elsewhere or not at
/// all: then the bundle of the machine that built the binary serves.
/// </summary>
internal static class CertificateBundle
{
    private const string FileVariable = "SSL_CERT_FILE";
    private const string DirectoryVariable = "SSL_CERT_DIR";
    private const string Resource = "ca-certificates.crt";

    private static readonly string[] UsualPlaces =
    [
        "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Alpine, Arch
        "/etc/pki/tls/certs/ca-bundle.crt", // Amazon Linux, Fedora, RHEL
        "/etc/ssl/ca-bundle.pem", // SUSE
        "/etc/ssl/cert.pem", // Alpine, BSD
    ];

    /// <summary>Where HTTPS finds certificates; null when a plain endpoint needs none or the environment says where.</summary>
    /// <param name="surroundings">The environment.</param>
    /// <param name="exists">Whether there is such a file.</param>
    /// <param name="own">Writes the binary's own bundle and returns its path.</param>
    internal static string? Choose(Surroundings surroundings, Func<string, bool> exists, Func<string> own)
    {
        var plain = surroundings["AWS_ENDPOINT_URL"]?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true;
        return plain || surroundings[FileVariable] is not null || surroundings[DirectoryVariable] is not null
            ? null
            : Array.Find(UsualPlaces, place => exists(place)) ?? own();
    }

    /// <summary>Sets what the library looks for. Before the first connection.</summary>
    public static void Provide(Surroundings surroundings)
    {
        if (Choose(surroundings, File.Exists, () => WriteOwn(surroundings.TemporaryDirectory)) is { } file)
        {
            // The library is C: it does not see what the runtime's own copy of the environment is told.
            _ = Libc.SetVariable(FileVariable, file, overwrite: 1);
            Environment.SetEnvironmentVariable(FileVariable, file);
        }
    }

    private static string WriteOwn(string temporary)
    {
        using var bundle = typeof(CertificateBundle).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("this binary was built on a machine without /etc/ssl/certs/ca-certificates.crt");
        Directory.CreateDirectory(temporary);
        var file = Path.Combine(temporary, $"scarnet-ca-{Environment.ProcessId}.crt");
        using var target = File.Create(file);
        bundle.CopyTo(target);
        return file;
    }
}
