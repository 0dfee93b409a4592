using ScarNet.Local.Access;

namespace ScarNet.Local.Lambda;

/// <summary>
/// The environment of a runtime. Source: docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, reserved and other variables.
/// </summary>
internal static class RuntimeVariables
{
    /// <summary>Names that a function's own environment may not have.</summary>
    public static readonly IReadOnlySet<string> Reserved = new HashSet<string>(StringComparer.Ordinal)
    {
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_RUNTIME_API", "AWS_REGION", "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN", "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT",
    };

    /// <summary>Adds the function's own variables and, over them, Lambda's.</summary>
    /// <param name="environment">What the host gives; the function's own values win over it.</param>
    /// <param name="context">The engine.</param>
    /// <param name="sandbox">Whose environment it is.</param>
    /// <param name="taskRoot">Where the code lies.</param>
    /// <param name="lifeline">Whether its standard input ends when the engine does.</param>
    /// <exception cref="Core.ScarException">Its role does not trust Lambda.</exception>
    public static void Add(
        Dictionary<string, string> environment, EngineContext context, Sandbox sandbox, string taskRoot, bool lifeline)
    {
        var function = sandbox.Function;
        foreach (var (name, value) in function.Environment)
        {
            environment[name] = value;
        }

        if (lifeline)
        {
            environment["SCARNET_LIFELINE"] = "1";
        }

        environment.TryAdd("TZ", ":UTC");
        environment.TryAdd("LANG", "C.UTF-8");
        environment["_HANDLER"] = function.Handler;
        environment["LAMBDA_TASK_ROOT"] = taskRoot;
        environment["AWS_EXECUTION_ENV"] = $"AWS_Lambda_{(function.Runtime.Length > 0 ? function.Runtime : "Image")}";
        environment["AWS_LAMBDA_FUNCTION_NAME"] = function.Name;
        environment["AWS_LAMBDA_FUNCTION_VERSION"] = function.Version;
        environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemoryMiB.ToString();
        environment["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
        environment["AWS_LAMBDA_LOG_GROUP_NAME"] = function.LogGroup;
        environment["AWS_LAMBDA_LOG_STREAM_NAME"] = sandbox.LogStream;
        environment["AWS_LAMBDA_RUNTIME_API"] = $"{context.Endpoint.Authority}{RuntimeApi.Prefix}{sandbox.Token}";
        foreach (var (name, value) in ClientVariables.Of(context, context.Roles.Work(function.Role, LambdaActions.Service, function.Name, function.Arn)))
        {
            environment[name] = value;
        }
    }
}
