namespace ScarNet.Cli.Foundation;

/// <summary>What an account needs once in a region: <c>serverless.template</c>, as it was when this program was built.</summary>
internal static class FoundationTemplate
{
    /// <summary>JSON, of fewer bytes than CloudFormation takes in a call.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(FoundationTemplate).Assembly.GetManifestResourceStream("serverless.template")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
