namespace ScarNet.Cli.Output;

/// <summary>Shows how far functions are, while one waits.</summary>
internal interface IFunctionBoard
{
    void Show(IReadOnlyList<FunctionCounts> functions);
}
