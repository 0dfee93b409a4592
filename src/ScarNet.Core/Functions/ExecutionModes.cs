namespace ScarNet.Core.Functions;

/// <summary>The spelling of <see cref="ExecutionMode"/> in files, environment variables and answers.</summary>
public static class ExecutionModes
{
    public const string Lambda = "lambda";
    public const string Batch = "batch";
    public const string LambdaBatch = "lambda-batch";

    public static string Format(this ExecutionMode mode) => mode switch
    {
        ExecutionMode.Batch => Batch,
        ExecutionMode.LambdaBatch => LambdaBatch,
        _ => Lambda,
    };

    public static bool TryParse(string? text, out ExecutionMode mode)
    {
        mode = text switch
        {
            Batch => ExecutionMode.Batch,
            LambdaBatch => ExecutionMode.LambdaBatch,
            _ => ExecutionMode.Lambda,
        };
        return text is Lambda or Batch or LambdaBatch;
    }
}
