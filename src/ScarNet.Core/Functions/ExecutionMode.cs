namespace ScarNet.Core.Functions;

/// <summary>Where the script of a function runs.</summary>
public enum ExecutionMode
{
    /// <summary>Inside the Lambda function.</summary>
    Lambda,

    /// <summary>In an AWS Batch job; the Lambda function only submits it.</summary>
    Batch,

    /// <summary>Inside the Lambda function, and in a Batch job what does not fit there or does not finish.</summary>
    LambdaBatch,
}
