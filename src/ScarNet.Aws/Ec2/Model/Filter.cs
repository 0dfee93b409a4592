namespace ScarNet.Aws.Ec2.Model;

/// <summary>What a listing keeps: those whose property of that name has one of the values.</summary>
public sealed class Filter
{
    public string? Name { get; set; }

    public List<string>? Values { get; set; }
}
