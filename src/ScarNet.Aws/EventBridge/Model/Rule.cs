namespace ScarNet.Aws.EventBridge.Model;

public sealed class Rule
{
    public string? Name { get; set; }

    public string? Arn { get; set; }

    public string? EventPattern { get; set; }

    public string? State { get; set; }

    public string? Description { get; set; }
}
