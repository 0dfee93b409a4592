using System.Text.Json;
using ScarNet.Aws.Batch.Model;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using Variable = ScarNet.Aws.Batch.Model.KeyValuePair;

namespace ScarNet.Aws.Batch;

/// <summary>What a SubmitJob request says over the job definition of a function.</summary>
/// <param name="spec">The function.</param>
/// <param name="parameters">The value of each of its parameters.</param>
public sealed class JobOverrides(JobSpec spec, IReadOnlyDictionary<string, string> parameters)
{
    private const string FunctionVariable = "SCARNET_FUNCTION";

    /// <summary>
    /// Characters of the overrides that ECS gets of it: the variables, and the command, which is an override as soon as a parameter is put
    /// in. Where JSON escapes, more than ECS counts.
    /// </summary>
    public int Length(IReadOnlyDictionary<string, string> environment)
    {
        var overrides = Container(environment);
        overrides.Command = parameters.Count == 0 ? null : [SupervisorVariables.MountPath, .. JobArguments.Of(parameters)];
        return JsonSerializer.Serialize(overrides, BatchJson.Default.ContainerOverrides).Length;
    }

    /// <summary>Puts variables and parameters into a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="environment">The variables.</param>
    /// <exception cref="ScarException">They are more than ECS would take.</exception>
    public void Put(SubmitJobRequest request, IReadOnlyDictionary<string, string> environment)
    {
        if (Length(environment) is var length and > Offload.MaxOverridesCharacters)
        {
            throw new ScarException(
                $"a job of function '{spec.Function}' would have {length:N0} characters of parameters and variables: {Offload.MaxOverridesCharacters:N0} are certain to pass AWS",
                "put long values into a file in a bucket, and make its address the parameter");
        }

        request.Parameters = parameters.Count == 0 ? null : parameters.ToDictionary();
        request.ContainerOverrides = spec.InPhases ? null : Container(environment);
        request.EcsPropertiesOverride = spec.InPhases ? new() { TaskProperties = [new() { Containers = Stages(environment) }] } : null;
    }

    /// <summary>Makes a request that of a job which only waits for others.</summary>
    public void PutJoin(SubmitJobRequest request)
    {
        List<string> command = [SupervisorVariables.MountPath, Phases.Join];
        request.ContainerOverrides = spec.InPhases ? null : new() { Command = command };
        request.EcsPropertiesOverride = spec.InPhases
            ? new() { TaskProperties = [new() { Containers = [new() { Name = Phases.StageIn, Command = command }, new() { Name = Phases.StageOut, Command = command }] }] }
            : null;
        request.Parameters = parameters.Count == 0 ? null : parameters.ToDictionary();
    }

    // Stage-in hands on to the others what they need, but how the job ends is for stage-out to say.
    private List<TaskContainerOverrides> Stages(IReadOnlyDictionary<string, string> environment)
    {
        List<TaskContainerOverrides> stages = [new() { Name = Phases.StageIn, Environment = Container(environment).Environment }];
        if (environment.TryGetValue(SupervisorVariables.ArrayTolerance, out var tolerance))
        {
            stages.Add(new() { Name = Phases.StageOut, Environment = [new() { Name = SupervisorVariables.ArrayTolerance, Value = tolerance }] });
        }

        return stages;
    }

    private ContainerOverrides Container(IReadOnlyDictionary<string, string> environment) => new()
    {
        Environment =
        [
            .. environment.Select(variable => new Variable { Name = variable.Key, Value = variable.Value }),
            new() { Name = FunctionVariable, Value = spec.Function },
        ],
    };
}
