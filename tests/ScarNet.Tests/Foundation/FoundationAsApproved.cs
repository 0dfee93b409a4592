using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ScarNet.Tests.Foundation;

/// <summary>
/// What the foundation consists of, every function of the template resolved. With SCARNET_APPROVE=1 in the environment the texts are
/// written anew: look at the difference before it is committed.
/// </summary>
public sealed class FoundationAsApproved
{
    private static readonly JsonSerializerOptions shape = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void WithoutParameters() => Compare("least.txt", new FoundationStack());

    [Fact]
    public void WithNetworkAndCodeAndNotices() => Compare("whole.txt", FoundationStack.Whole);

    [Fact]
    public void IsShortEnoughForACall()
    {
        // Source: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
        Assert.InRange(Encoding.UTF8.GetByteCount(ScarNet.Cli.Foundation.FoundationTemplate.Text), 1, 51_200);
    }

    private static void Compare(string name, FoundationStack stack, [CallerFilePath] string source = "")
    {
        var text = new StringBuilder();
        foreach (var resource in stack.Resources)
        {
            text.Append(resource.Name).Append(' ').Append(resource.Type).Append(resource.IsRetained ? " (retained)" : "").Append('\n')
                .Append(stack.Properties(resource.Name).ToJsonString(shape)).Append("\n\n");
        }

        var built = Path.Combine(AppContext.BaseDirectory, "testdata", "foundation", name);
        if (Environment.GetEnvironmentVariable("SCARNET_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(built)!);
            File.WriteAllText(built, text.ToString());
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(source)!, "..", "testdata", "foundation", name), text.ToString());
        }

        Assert.Equal(File.ReadAllText(built), text.ToString());
    }
}
