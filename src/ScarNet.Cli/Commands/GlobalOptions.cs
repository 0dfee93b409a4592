using System.CommandLine;

namespace ScarNet.Cli.Commands;

/// <summary>What every command takes.</summary>
/// <param name="Local">Talk to the engine of <paramref name="DataDirectory"/>, starting it when it is not running.</param>
/// <param name="DataDirectory">As it was given; default <c>.scarnet</c>.</param>
/// <param name="Profile">Profile of ~/.aws.</param>
/// <param name="Region">Region of AWS, or of an engine that is started.</param>
/// <param name="Json">Whether the answer is one JSON object.</param>
/// <param name="Verbose">Whether stderr tells more.</param>
internal sealed record GlobalOptions(bool Local, string DataDirectory, string? Profile, string? Region, bool Json, bool Verbose)
{
    private static readonly Option<bool> LocalOption = new("--local")
    {
        Description = "talk to the engine of this directory, starting it when it is not running",
    };

    private static readonly Option<string> DataOption = new("--data")
    {
        Description = "the engine's directory",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".scarnet",
    };

    private static readonly Option<string?> ProfileOption = new("--profile") { Description = "profile of ~/.aws", HelpName = "NAME" };

    private static readonly Option<string?> RegionOption = new("--region") { Description = "AWS region", HelpName = "NAME" };

    private static readonly Option<string> OutputOption = new("--output")
    {
        Description = "how to answer: text or json",
        HelpName = "text|json",
        DefaultValueFactory = _ => "text",
    };

    static GlobalOptions() => OutputOption.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => token.Value is not ("text" or "json")))
        {
            result.AddError($"'{token.Value}' does not fit {OutputOption.Name}: it is text or json");
        }
    });

    public static Option<bool> VerboseOption { get; } = new("--verbose") { Description = "tell more on stderr" };

    public static Option<bool> NoColorOption { get; } = new("--no-color") { Description = "plain text (as NO_COLOR does)" };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Option> All { get; } =
        [LocalOption, DataOption, ProfileOption, RegionOption, OutputOption, VerboseOption, NoColorOption];

    public static GlobalOptions From(ParseResult parse) => new(
        parse.GetValue(LocalOption),
        parse.GetValue(DataOption)!,
        parse.GetValue(ProfileOption),
        parse.GetValue(RegionOption),
        parse.GetValue(OutputOption) == "json",
        parse.GetValue(VerboseOption));
}
