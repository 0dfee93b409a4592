using ScarNet.Cli.Commands;

// Asked so often by scripts that it does not wait for anything to load.
if (args is ["version"] or ["--version"])
{
    Console.Out.WriteLine(ProductVersion.Line);
    return ExitCode.Done;
}

return await CommandLine.Run(args);
