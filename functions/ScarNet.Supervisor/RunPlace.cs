namespace ScarNet.Supervisor;

/// <summary>Where the supervisor runs.</summary>
/// <param name="IsLambda">In a Lambda function, else in a Batch job.</param>
/// <param name="LogGroup">The group its words go to.</param>
/// <param name="LogStream">Null when only the service knows.</param>
/// <param name="Attempt">From 1, as the service counts; null when it does not say.</param>
internal sealed record RunPlace(bool IsLambda, string? LogGroup, string? LogStream, int? Attempt)
{
    /// <summary>As run records name it.</summary>
    public string Name => IsLambda ? "lambda" : "batch";
}
