"""Asks the engine's Batch with boto3 and holds every answer against botocore's own service model: required members, types, enums."""
import sys

import boto3
from botocore.validate import ParamValidator

client = boto3.client("batch", endpoint_url=sys.argv[1])
model = client.meta.service_model


def ask(operation, method, **arguments):
    answer = method(**arguments)
    answer.pop("ResponseMetadata")
    report = ParamValidator().validate(answer, model.operation_model(operation).output_shape)
    if report.has_errors():
        sys.exit(f"{operation}: {report.generate_report()}")
    enums(operation, answer, model.operation_model(operation).output_shape)
    return answer


def enums(path, value, shape):
    if shape.type_name == "structure":
        for name, member in value.items():
            if name not in shape.members:
                sys.exit(f"{path}: unknown member {name}")
            enums(f"{path}.{name}", member, shape.members[name])
    elif shape.type_name == "list":
        for item in value:
            enums(path, item, shape.member)
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        sys.exit(f"{path}: {value} is not one of {shape.enum}")


job = sys.argv[2]
ask("DescribeComputeEnvironments", client.describe_compute_environments)
queue = ask("DescribeJobQueues", client.describe_job_queues)["jobQueues"][0]["jobQueueName"]
ask("DescribeJobDefinitions", client.describe_job_definitions)
ask("DescribeJobs", client.describe_jobs, jobs=[job])
ask("ListJobs", client.list_jobs, jobQueue=queue, jobStatus="SUCCEEDED")
array = ask("SubmitJob", client.submit_job, jobName="a", jobQueue=queue, jobDefinition="validated", arrayProperties={"size": 2})
ask("ListJobs", client.list_jobs, arrayJobId=array["jobId"])
ask("ListTagsForResource", client.list_tags_for_resource, resourceArn=array["jobArn"])
ask("CancelJob", client.cancel_job, jobId=array["jobId"], reason="tested")
try:
    client.submit_job(jobName="a", jobQueue="nothing", jobDefinition="validated")
    sys.exit("a job for a queue that does not exist was accepted")
except client.exceptions.ClientException as error:
    print(error.response["Error"]["Message"])
