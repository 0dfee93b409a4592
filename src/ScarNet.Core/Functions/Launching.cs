namespace ScarNet.Core.Functions;

/// <summary>Which launch mode a function gets, and which it may not have. Pure decisions.</summary>
public static class Launching
{
    /// <summary>The mode that <see cref="LaunchMode.Auto"/> stands for, or the one that was asked for.</summary>
    /// <param name="asked">The function's <c>launch</c>.</param>
    /// <param name="hasImage">Whether it names an image.</param>
    /// <param name="hasEntrypoint">Whether that image has an ENTRYPOINT; null when nobody here knows.</param>
    /// <param name="onFargate">Whether its jobs run on Fargate, which lets nothing of the machine into a container.</param>
    public static LaunchMode Choose(LaunchMode asked, bool hasImage, bool? hasEntrypoint, bool onFargate) => (asked, hasImage, onFargate) switch
    {
        (not LaunchMode.Auto, _, _) => asked,
        (_, _, true) => LaunchMode.Multi,
        (_, true, _) when hasEntrypoint == true => LaunchMode.Sibling,
        _ => LaunchMode.Mounted,
    };

    /// <summary>What stands against a mode, as the end of a sentence about the function, and what would be right; null when nothing does.</summary>
    /// <param name="chosen">Not <see cref="LaunchMode.Auto"/>.</param>
    /// <param name="image">The function's; null when it has none.</param>
    /// <param name="entrypoint">The image's ENTRYPOINT; empty when it has none or nobody here knows.</param>
    /// <param name="onFargate">Whether its jobs run on Fargate.</param>
    public static (string Message, string Hint)? Problem(LaunchMode chosen, string? image, IReadOnlyList<string> entrypoint, bool onFargate) => chosen switch
    {
        LaunchMode.Mounted or LaunchMode.Multi when entrypoint.Count > 0 => (
            $"would run image '{image}' with 'launch: {chosen.Format()}', and that image has an ENTRYPOINT ({string.Join(' ', entrypoint)}), "
            + "which Batch would start in place of the script",
            onFargate
                ? "take an image without an ENTRYPOINT, or 'launch: sibling' on EC2 machines ('compute_resources: {type: EC2}')"
                : "'launch: sibling' starts the image with its ENTRYPOINT overridden"),
        LaunchMode.Mounted or LaunchMode.Sibling when onFargate => (
            $"asks for 'launch: {chosen.Format()}' on Fargate, where a container gets nothing of its machine",
            "'launch: multi' runs there, or 'compute_resources: {type: EC2}'"),
        LaunchMode.Sibling when image is null => (
            "asks for 'launch: sibling' and has no image to start", "name an 'image', or leave 'launch' out"),
        _ => null,
    };

    /// <summary>As function files write it.</summary>
    public static string Format(this LaunchMode mode) => mode switch
    {
        LaunchMode.Mounted => "mounted",
        LaunchMode.Sibling => "sibling",
        LaunchMode.Multi => "multi",
        _ => "auto",
    };
}
