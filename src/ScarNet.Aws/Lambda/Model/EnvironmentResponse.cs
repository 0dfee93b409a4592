namespace ScarNet.Aws.Lambda.Model;

public sealed class EnvironmentResponse
{
    public Dictionary<string, string>? Variables { get; set; }

    public EnvironmentError? Error { get; set; }
}
