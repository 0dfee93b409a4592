namespace ScarNet.EndToEnd.Batch;

public sealed class ManagingQueuesAndDefinitions(BatchFixture batch) : IClassFixture<BatchFixture>
{
    [Fact]
    public async Task QueuesAndEnvironmentsGoInTheRightOrderOnly()
    {
        await batch.MakeQueue("short", maxVcpus: 2);
        Assert.Contains("Object already exists", await batch.Refused("create-job-queue", "--job-queue-name", "short", "--priority", "1", "--compute-environment-order", "order=1,computeEnvironment=short"));
        Assert.Contains("must be DISABLED", await batch.Refused("delete-compute-environment", "--compute-environment", "short"));
        await batch.Batch("update-compute-environment", "--compute-environment", "short", "--state", "DISABLED");
        Assert.Contains("found existing JobQueue relationship", await batch.Refused("delete-compute-environment", "--compute-environment", "short"));
        Assert.Contains("must be DISABLED", await batch.Refused("delete-job-queue", "--job-queue", "short"));
        await batch.Batch("update-job-queue", "--job-queue", "short", "--state", "DISABLED");
        var definition = await batch.Define("late", "true");
        Assert.Contains("is DISABLED", await batch.Refused("submit-job", "--job-name", "a", "--job-queue", "short", "--job-definition", definition));

        await batch.Batch("delete-job-queue", "--job-queue", "short");
        await batch.Batch("delete-compute-environment", "--compute-environment", "short");

        Assert.Empty((await batch.Batch("describe-job-queues", "--job-queues", "short"))["jobQueues"]!.AsArray());
        var left = (await batch.Batch("describe-compute-environments"))["computeEnvironments"]!.AsArray();
        Assert.DoesNotContain("short", left.Select(environment => (string)environment!["computeEnvironmentName"]!));
    }

    [Fact]
    public async Task ANameMeansTheNewestActiveRevision()
    {
        await batch.Define("versions", ["echo", "1"]);
        await batch.Define("versions", ["echo", "2"]);
        Assert.Equal("versions:3", await batch.Define("versions", ["echo", "3"]));
        await batch.Batch("deregister-job-definition", "--job-definition", "versions:3");

        Assert.Equal(["2"], await batch.Log(await batch.WaitForEnd(await batch.Submit("versions"))));
        Assert.Equal(["1"], await batch.Log(await batch.WaitForEnd(await batch.Submit("versions:1"))));
        Assert.Contains("not ACTIVE", await batch.Refused("submit-job", "--job-name", "a", "--job-queue", BatchFixture.Queue, "--job-definition", "versions:3"));

        var active = await batch.Batch("describe-job-definitions", "--job-definition-name", "versions", "--status", "ACTIVE", "--page-size", "1");
        Assert.Equal([2, 1], active["jobDefinitions"]!.AsArray().Select(definition => (int)definition!["revision"]!));
        var one = (await batch.Batch("describe-job-definitions", "--job-definitions", "versions:3"))["jobDefinitions"]!.AsArray();
        Assert.Equal("INACTIVE", (string?)Assert.Single(one)!["status"]);
    }

    [Fact]
    public async Task TagsOfEachKindCanBeChanged()
    {
        var definition = await batch.Define("tagged", "true");
        var job = await batch.Submit(definition, "--tags", "a=1");
        foreach (var arn in new[] { "compute-environment/shared", "job-queue/shared", $"job-definition/{definition}", $"job/{job}" })
        {
            var full = $"arn:aws:batch:us-east-1:000000000000:{arn}";
            await batch.Batch("tag-resource", "--resource-arn", full, "--tags", "key=value,gone=soon");
            await batch.Batch("untag-resource", "--resource-arn", full, "--tag-keys", "gone", "a");

            var tags = (await batch.Batch("list-tags-for-resource", "--resource-arn", full))["tags"]!.AsObject();

            Assert.Equal("value", (string?)tags["key"]);
            Assert.DoesNotContain("gone", tags.Select(tag => tag.Key));
        }
    }

    [Fact]
    public async Task WhatTheEngineDoesNotRunIsRefusedAtOnce()
    {
        Assert.Contains("does not run eksProperties", await batch.Refused("register-job-definition", "--job-definition-name", "x", "--type", "container", "--eks-properties", """{"podProperties":{"hostNetwork":true}}""", "--container-properties", BatchFixture.Properties("i", ["true"])));
        Assert.Contains("not 'multinode'", await batch.Refused("register-job-definition", "--job-definition-name", "x", "--type", "multinode"));
        Assert.Contains("must not begin with AWS_BATCH", await batch.Refused("register-job-definition", "--job-definition-name", "x", "--type", "container", "--container-properties", """{"image":"i","vcpus":1,"memory":4,"environment":[{"name":"AWS_BATCH_X","value":"1"}]}"""));
        Assert.Contains("does not exist", await batch.Refused("terminate-job", "--job-id", "nothing", "--reason", "r"));
    }

    [Fact]
    public async Task JobsAreFoundByNameAndDefinition()
    {
        await batch.MakeQueue("filters", maxVcpus: 1);
        var definition = await batch.Define("filtered", "true");
        var one = await batch.Submit(definition, "--job-queue", "filters");
        await batch.WaitForEnd(one);

        foreach (var filter in new[] { "name=JOB_NAME,values=JOB*", "name=JOB_DEFINITION,values=filtered", "name=AFTER_CREATED_AT,values=1000" })
        {
            var found = (await batch.Batch("list-jobs", "--job-queue", "filters", "--filters", filter))["jobSummaryList"]!.AsArray();
            Assert.Equal([one], found.Select(job => (string)job!["jobId"]!));
            Assert.Equal(0, (int)found[0]!["container"]!["exitCode"]!);
        }

        var other = await batch.Batch("list-jobs", "--job-queue", "filters", "--filters", "name=JOB_NAME,values=other*");
        Assert.Empty(other["jobSummaryList"]!.AsArray());
    }
}
