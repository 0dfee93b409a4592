namespace ScarNet.Aws.Lambda.Model;

public sealed class LoggingConfig
{
    public string? LogFormat { get; set; }

    public string? ApplicationLogLevel { get; set; }

    public string? SystemLogLevel { get; set; }

    public string? LogGroup { get; set; }
}
