namespace ScarNet.Aws.Lambda.Model;

public sealed class EnvironmentError
{
    public string? ErrorCode { get; set; }

    public string? Message { get; set; }
}
