using System.Globalization;

namespace ScarNet.EndToEnd.Faults;

/// <summary>Randomness that can be had again: a failed test prints the seed, SCARNET_TEST_SEED brings it back.</summary>
internal static class Seed
{
    public const string Variable = "SCARNET_TEST_SEED";

    public static Random Take()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"{Variable}={seed}");
        return new Random(seed);
    }
}
