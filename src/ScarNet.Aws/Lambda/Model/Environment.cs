namespace ScarNet.Aws.Lambda.Model;

public sealed class Environment
{
    public Dictionary<string, string>? Variables { get; set; }
}
