using System.CommandLine;
using System.Globalization;
using ScarNet.Containers;
using ScarNet.Local;

namespace ScarNet.Cli.Local;

/// <summary>How an engine is started.</summary>
/// <param name="Port">TCP port on 127.0.0.1; 0 takes a free one.</param>
/// <param name="Containers">Whether functions with an image run in containers.</param>
/// <param name="LambdaConcurrency">Lambda invocations at once; null is the machine's cores.</param>
/// <param name="BatchVcpus">Virtual CPUs of running Batch jobs; null is the machine's cores.</param>
internal sealed record EngineOptions(int Port = 0, bool Containers = true, int? LambdaConcurrency = null, int? BatchVcpus = null)
{
    private static readonly Option<int> PortOption = new("--port")
    {
        Description = "TCP port on 127.0.0.1; 0 takes a free one",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<bool> NoContainersOption = new("--no-containers")
    {
        Description = "run the scripts of functions with an image on this machine itself, without Docker",
    };

    private static readonly Option<int?> LambdaOption = new("--lambda-concurrency")
    {
        Description = "Lambda invocations that run at once (default: the machine's cores)",
        HelpName = "N",
    };

    private static readonly Option<int?> BatchOption = new("--batch-vcpus")
    {
        Description = "virtual CPUs that running Batch jobs share (default: the machine's cores)",
        HelpName = "N",
    };

    static EngineOptions()
    {
        Require(PortOption, 0, 65535);
        Require(LambdaOption, 1, 10_000);
        Require(BatchOption, 1, 10_000);
    }

    public static IReadOnlyList<Option> All { get; } = [PortOption, NoContainersOption, LambdaOption, BatchOption];

    /// <summary>The same without a port: for an engine nobody else talks to.</summary>
    public static IReadOnlyList<Option> WithoutPort { get; } = [NoContainersOption, LambdaOption, BatchOption];

    public static EngineOptions From(ParseResult parse) => new(
        parse.GetResult(PortOption) is null ? 0 : parse.GetValue(PortOption),
        !parse.GetValue(NoContainersOption),
        parse.GetValue(LambdaOption),
        parse.GetValue(BatchOption));

    public EngineSettings Settings(string dataDirectory, string? region)
    {
        var settings = new EngineSettings { DataDirectory = dataDirectory, Port = Port, Containers = Containers };
        return settings with
        {
            LambdaConcurrency = LambdaConcurrency ?? settings.LambdaConcurrency,
            BatchVcpus = BatchVcpus ?? settings.BatchVcpus,
            Region = region ?? settings.Region,
        };
    }

    /// <summary>The same as arguments of <c>scarnet local serve</c>.</summary>
    public IEnumerable<string> Arguments()
    {
        yield return $"{PortOption.Name}={Port}";
        if (!Containers)
        {
            yield return NoContainersOption.Name;
        }

        if (LambdaConcurrency is { } concurrency)
        {
            yield return $"{LambdaOption.Name}={concurrency}";
        }

        if (BatchVcpus is { } vcpus)
        {
            yield return $"{BatchOption.Name}={vcpus}";
        }
    }

    private static void Require(Option option, int smallest, int largest) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
        {
            if (!int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) || number < smallest || number > largest)
            {
                result.AddError($"'{token.Value}' does not fit {option.Name}: it is a number from {smallest} to {largest}");
            }
        }
    });
}
