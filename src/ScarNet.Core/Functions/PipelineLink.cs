namespace ScarNet.Core.Functions;

/// <summary>What one function writes starts another.</summary>
public sealed record PipelineLink(FunctionDefinition From, OutputRule Output, Trigger Trigger, FunctionDefinition To)
{
    public override string ToString() => $"{From.Name} → {Output} → {To.Name}";
}
