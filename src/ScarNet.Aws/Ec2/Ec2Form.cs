using ScarNet.Aws.Ec2.Model;
using ScarNet.Aws.Http;

namespace ScarNet.Aws.Ec2;

/// <summary>EC2's way of writing a form: lists without a word between name and number.</summary>
internal static class Ec2Form
{
    public static QueryForm Add(this QueryForm form, List<Filter>? filters, string? nextToken)
    {
        foreach (var (i, filter) in (filters ?? []).Index())
        {
            form.Add($"Filter.{i + 1}.Name", filter.Name);
            foreach (var (j, value) in (filter.Values ?? []).Index())
            {
                form.Add($"Filter.{i + 1}.Value.{j + 1}", value);
            }
        }

        return form.Add("NextToken", nextToken);
    }

    public static QueryForm Add(this QueryForm form, CreateLaunchTemplateRequest request)
    {
        form.Add("LaunchTemplateName", request.LaunchTemplateName).Add("VersionDescription", request.VersionDescription);
        Tags(form, "TagSpecification.1", "launch-template", request.Tags);
        if (request.LaunchTemplateData is { } data)
        {
            Data(form, data);
        }

        return form;
    }

    private static void Data(QueryForm form, LaunchTemplateData data)
    {
        const string at = "LaunchTemplateData";
        form.Add($"{at}.UserData", data.UserData)
            .Add($"{at}.MetadataOptions.HttpTokens", data.MetadataOptions?.HttpTokens)
            .Add($"{at}.MetadataOptions.HttpPutResponseHopLimit", data.MetadataOptions?.HttpPutResponseHopLimit?.ToString());
        foreach (var (i, mapping) in (data.BlockDeviceMappings ?? []).Index())
        {
            var device = $"{at}.BlockDeviceMapping.{i + 1}";
            form.Add($"{device}.DeviceName", mapping.DeviceName)
                .Add($"{device}.Ebs.VolumeSize", mapping.Ebs?.VolumeSize?.ToString())
                .Add($"{device}.Ebs.VolumeType", mapping.Ebs?.VolumeType)
                .Add($"{device}.Ebs.Encrypted", Flag(mapping.Ebs?.Encrypted))
                .Add($"{device}.Ebs.DeleteOnTermination", Flag(mapping.Ebs?.DeleteOnTermination));
        }

        Tags(form, $"{at}.TagSpecification.1", "instance", data.MachineTags);
        Tags(form, $"{at}.TagSpecification.2", "volume", data.MachineTags);
    }

    private static void Tags(QueryForm form, string at, string resource, Dictionary<string, string>? tags)
    {
        if (tags is not { Count: > 0 })
        {
            return;
        }

        form.Add($"{at}.ResourceType", resource);
        foreach (var (i, (key, value)) in tags.Index())
        {
            form.Add($"{at}.Tag.{i + 1}.Key", key).Add($"{at}.Tag.{i + 1}.Value", value);
        }
    }

    private static string? Flag(bool? flag) => flag switch
    {
        true => "true",
        false => "false",
        null => null,
    };
}
