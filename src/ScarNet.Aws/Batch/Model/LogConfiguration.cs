namespace ScarNet.Aws.Batch.Model;

public sealed class LogConfiguration
{
    public string? LogDriver { get; set; }

    public Dictionary<string, string>? Options { get; set; }

    public List<Secret>? SecretOptions { get; set; }
}
