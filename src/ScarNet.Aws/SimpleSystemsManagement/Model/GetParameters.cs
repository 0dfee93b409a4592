using Amazon.Runtime;

namespace ScarNet.Aws.SimpleSystemsManagement.Model;

public sealed class GetParametersRequest : AmazonWebServiceRequest
{
    /// <summary>Names or ARNs, at most ten.</summary>
    public List<string>? Names { get; set; }

    public bool? WithDecryption { get; set; }
}

public sealed class GetParametersResponse : AmazonWebServiceResponse
{
    public List<Parameter>? Parameters { get; set; }

    /// <summary>Those of the names that are none.</summary>
    public List<string>? InvalidParameters { get; set; }
}

public sealed class Parameter
{
    public string? Name { get; set; }

    public string? ARN { get; set; }

    public string? Value { get; set; }
}
