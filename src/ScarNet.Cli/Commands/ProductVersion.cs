using System.Reflection;

namespace ScarNet.Cli.Commands;

internal static class ProductVersion
{
    public static string Number { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public static string Line => "scarnet " + Number;
}
