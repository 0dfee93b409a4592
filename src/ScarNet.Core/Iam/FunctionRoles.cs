using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Core.Iam;

/// <summary>
/// The roles of a function, each with what its supervisor does there and no more: what it reads, where it writes, its own claims, records,
/// log and jobs. Content-addressed keys are named by their directory: a policy that named each would change with every deployment, and
/// take the ground from under runs of the one before.
/// </summary>
public static class FunctionRoles
{
    private const string Read = "s3:GetObject";
    private const string ReadVersion = "s3:GetObjectVersion";
    private const string Write = "s3:PutObject";
    private const string JobLogs = "/aws/batch/job";

    /// <summary>What Lambda runs the function as.</summary>
    public static RoleDefinition Execution(FunctionDefinition function, RoleSetting setting)
    {
        var grants = new Grants(setting.Place);
        var submits = function.Mode is ExecutionMode.Batch or ExecutionMode.LambdaBatch;
        grants.Allow("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [setting.Place.LogStreams(setting.LogGroup)]);
        if (function.Mode == ExecutionMode.Batch)
        {
            LookAtWork(grants, function);
        }
        else
        {
            SecretGrants.Add(grants, function, setting.Place);
            RunScript(grants, function, setting);
            Deployed(grants, function, setting, specs: function.Image is not null, scripts: false);
        }

        Bookkeeping(grants, function, setting);
        if (submits)
        {
            grants.Objects(
                "HandEventsOver",
                [Artifacts(setting, ArtifactKeys.Event(function.Name, "")), .. function.Array ? [Artifacts(setting, ArtifactKeys.Array(function.Name, ""))] : (KeyPattern[])[]],
                Write);
            grants.Allow(
                "SubmitJobs",
                ["batch:SubmitJob"],
                [setting.Place.JobQueue(setting.Queue ?? ""), setting.Place.JobDefinition(setting.JobDefinition)]);
            // Neither knows resources. Source: docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html
            grants.Allow("FindJobs", ["batch:DescribeJobs", "batch:ListJobs"], ["*"]);
        }

        LambdaGrants.Add(grants, function, setting.Place);
        return new(RoleNames.Execution(function.Name, setting.Place.Region), Trust("lambda.amazonaws.com"), grants.Document(function.Name));
    }

    /// <summary>What Batch runs the function's jobs as; null when it has none.</summary>
    public static RoleDefinition? Job(FunctionDefinition function, RoleSetting setting)
    {
        if (function.Mode is not (ExecutionMode.Batch or ExecutionMode.LambdaBatch))
        {
            return null;
        }

        function = WithFiles(function, setting.Pipeline);
        var grants = new Grants(setting.Place);
        RunScript(grants, function, setting);
        Deployed(grants, function, setting, specs: true, scripts: true);
        Bookkeeping(grants, function, setting);
        var handed = new[] { ArtifactKeys.Event(function.Name, ""), ArtifactKeys.Array(function.Name, "") };
        grants.Objects("TakeEvents", handed.Select(prefix => Artifacts(setting, prefix)), Read);
        if (function.ErrorTolerance is not null)
        {
            var failures = Artifacts(setting, ArtifactKeys.FailedChildren(function.Name));
            grants.Objects("CountFailures", [failures], Write);
            grants.Listing([failures]);
        }

        SecretGrants.Add(grants, function, setting.Place);
        if (function.HasExecutionRole)
        {
            StartTasks(grants, function, setting);
        }

        // ECS says for which account it takes a role. Source: docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
        return new(
            RoleNames.Job(function.Name, setting.Place.Region),
            Trust("ecs-tasks.amazonaws.com", new PolicyCondition("StringEquals", "aws:SourceAccount", [setting.Place.Account])),
            grants.Document(function.Name));
    }

    // What comes after others without an input of its own works on their files.
    private static FunctionDefinition WithFiles(FunctionDefinition function, IReadOnlyList<FunctionDefinition> pipeline)
    {
        var origins = AfterOrder.Origins(
            function.Name, name => Find(name)?.Triggers.Count > 0, name => name == function.Name ? function.After : Find(name)?.After ?? []);
        return function.Triggers.Count > 0 ? function : function with { Triggers = [.. origins.SelectMany(name => Find(name)!.Triggers)] };

        FunctionDefinition? Find(string name) => pipeline.FirstOrDefault(other => other.Name == name);
    }

    private static PolicyDocument Trust(string service, params IReadOnlyList<PolicyCondition> conditions) =>
        new([new() { Services = [service], Actions = ["sts:AssumeRole"], Conditions = conditions }]);

    // In batch mode Lambda carries nothing itself: it says which version of the object the job is to take, and whether it was done before.
    private static void LookAtWork(Grants grants, FunctionDefinition function)
    {
        var inputs = Inputs(function);
        var looked = function.SkipIfDone ? [.. inputs, .. FurtherInputs(function)] : inputs;
        grants.Objects("ReadInput", looked, Read);
        grants.Listing(looked);
        if (function.SkipIfDone)
        {
            var outputs = Outputs(function);
            grants.Objects("LookAtOutputs", outputs, Read);
            grants.Listing(outputs);
        }
    }

    private static void RunScript(Grants grants, FunctionDefinition function, RoleSetting setting)
    {
        var (inputs, further, outputs) = (Inputs(function), FurtherInputs(function), Outputs(function));
        var failed = function.OnFailure == FailurePolicy.Keep
            ? function.Outputs.Select(output => KeyPattern.OfFailed(output, function.Name)).ToArray()
            : [];
        grants.Objects("ReadInput", inputs, Read, ReadVersion);
        grants.Objects("ReadFurtherInputs", further, Read, ReadVersion);
        // What is there already is looked at before it is replaced.
        grants.Objects("WriteOutputs", outputs, Write, Read, "s3:AbortMultipartUpload");
        grants.Objects("KeepFailed", failed, Write, Read, "s3:AbortMultipartUpload");
        var tagged = function.Outputs.Where(output => output.Properties.Tags.Count > 0).ToArray();
        grants.Objects("TagOutputs", Written(function, tagged), "s3:PutObjectTagging");
        grants.Keys("EncryptOutputs", Keys(function.Outputs), "kms:GenerateDataKey", "kms:Decrypt");
        grants.Keys("DecryptInputs", Keys(Feeding(setting.Pipeline, [.. inputs, .. further])).Except(Keys(function.Outputs)), "kms:Decrypt");
        grants.Listing([.. inputs, .. further, .. outputs, .. failed]);
    }

    private static void Deployed(Grants grants, FunctionDefinition function, RoleSetting setting, bool specs, bool scripts)
    {
        (bool Used, string Prefix)[] places =
        [
            (specs, ArtifactKeys.Spec("")),
            (scripts, ArtifactKeys.Script("")),
            (function.Files.Count > 0, ArtifactKeys.File("")),
            (function.Package is not null, "packages/"),
        ];
        grants.Objects("ReadDeployed", places.Where(p => p.Used).Select(p => Artifacts(setting, p.Prefix)), Read);
    }

    private static void Bookkeeping(Grants grants, FunctionDefinition function, RoleSetting setting)
    {
        var claims = Artifacts(setting, ArtifactKeys.Claims(function.Name));
        grants.Objects("KeepClaims", [claims], Read, Write);
        grants.Objects("KeepRecords", [Artifacts(setting, ArtifactKeys.Runs(function.Name))], Write);
        grants.Listing([claims]);
        if (function.SkipIfDone)
        {
            var results = Artifacts(setting, $"results/{function.Name}/");
            grants.Objects("KeepResults", [results], Read, Write);
            grants.Listing([results]);
        }
    }

    // ECS pulls the images and opens the log as the execution role, which is the same role.
    private static void StartTasks(Grants grants, FunctionDefinition function, RoleSetting setting)
    {
        grants.Allow("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [setting.Place.LogStreams(JobLogs)]);
        var repositories = new[] { function.Image, function.Batch.RunnerImage }.OfType<string>()
            .Select(image => EcrImage.Repository(image, setting.Place.Partition)).OfType<string>().ToArray();
        if (repositories.Length > 0)
        {
            grants.Allow("PullImages", ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], repositories);
            // Knows no resource. Source: docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_id-based-policy-examples.html
            grants.Allow("LogInToRegistry", ["ecr:GetAuthorizationToken"], ["*"]);
        }
    }

    private static KeyPattern Artifacts(RoleSetting setting, string prefix) => KeyPattern.Below(setting.ArtifactBucket, prefix);

    private static KeyPattern[] Inputs(FunctionDefinition function) => [.. function.Triggers.SelectMany(KeyPattern.Of)];

    private static KeyPattern[] FurtherInputs(FunctionDefinition function) =>
        [.. function.Inputs.Concat(function.References).Concat(function.Script?.Task?.Inputs ?? []).SelectMany(rule => KeyPattern.Of(rule, function.Name, function.Triggers))];

    private static KeyPattern[] Outputs(FunctionDefinition function) =>
        [.. function.Outputs.Select(output => KeyPattern.Of(output, function.Name))];

    // What a failed run leaves has its rule's properties too.
    private static IEnumerable<KeyPattern> Written(FunctionDefinition function, IReadOnlyList<OutputRule> outputs) =>
        outputs.Select(output => KeyPattern.Of(output, function.Name)).Concat(
            function.OnFailure == FailurePolicy.Keep ? outputs.Select(output => KeyPattern.OfFailed(output, function.Name)) : []);

    private static IEnumerable<string> Keys(IEnumerable<OutputRule> outputs) => outputs.Select(output => output.Properties.KmsKey).OfType<string>();

    private static IEnumerable<OutputRule> Feeding(IReadOnlyList<FunctionDefinition> pipeline, IReadOnlyList<KeyPattern> read) =>
        pipeline.SelectMany(other => other.Outputs.Where(output => read.Any(keys => keys.Meets(KeyPattern.Of(output, other.Name)))));
}
