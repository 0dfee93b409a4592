using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>The native supervisor as it is shipped: './scarnet' and './test' publish it.</summary>
internal static class SupervisorBinary
{
    private static readonly string Published = Path.Join(Repository.Root, ".build", "supervisor", "supervisor");

    public static string FullName => File.Exists(Published)
        ? Published
        : throw new InvalidOperationException(
            $"'{Published}' is missing: dotnet publish functions/ScarNet.Supervisor -c Release -o .build/supervisor");
}
