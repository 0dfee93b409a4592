namespace ScarNet.Core.Functions;

/// <summary>What a pipeline must be so that it can be deployed. Pure; every problem at once.</summary>
public static class DefinitionRules
{
    /// <summary>More functions than this are a mistake: an account has far fewer concurrent ones.</summary>
    public const int MaxFunctions = 1000;

    public static IReadOnlyList<Problem> Check(Pipeline pipeline)
    {
        if (pipeline.Functions.Count > MaxFunctions)
        {
            return [new Problem(pipeline.Functions[MaxFunctions].PlaceOf(""), $"the pipeline has more than {MaxFunctions} functions")];
        }

        return
        [
            .. pipeline.Functions.SelectMany(FunctionRules.Check),
            .. pipeline.Functions.SelectMany(CommandRules.Check),
            .. pipeline.Functions.SelectMany(TaskRules.Check),
            .. pipeline.Functions.SelectMany(ParameterRules.Check),
            .. pipeline.Functions.SelectMany(CwlRules.Check),
            .. pipeline.Functions.SelectMany(InputRules.Check),
            .. pipeline.Functions.SelectMany(FileRules.Check),
            .. pipeline.Functions.SelectMany(VariableRules.Check),
            .. pipeline.Functions.SelectMany(SecretRules.Check),
            .. pipeline.Functions.SelectMany(LambdaRules.Check),
            .. pipeline.Functions.SelectMany(DestinationRules.Check),
            .. pipeline.Functions.SelectMany(StorageRules.Check),
            .. pipeline.Functions.SelectMany(BatchRules.Check),
            .. pipeline.Functions.SelectMany(ArrayRules.Check),
            .. PipelineRules.Check(pipeline),
            .. AfterRules.Check(pipeline),
        ];
    }
}
