using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class GetAccountSettingsRequest : AmazonWebServiceRequest;

public sealed class GetAccountSettingsResponse : AmazonWebServiceResponse
{
    public AccountLimit? AccountLimit { get; set; }

    public AccountUsage? AccountUsage { get; set; }
}

/// <summary>What the account may use in the region.</summary>
public sealed class AccountLimit
{
    /// <summary>Bytes.</summary>
    public long? TotalCodeSize { get; set; }

    public int? ConcurrentExecutions { get; set; }

    /// <summary>What functions without a reservation share.</summary>
    public int? UnreservedConcurrentExecutions { get; set; }
}

/// <summary>What it uses.</summary>
public sealed class AccountUsage
{
    /// <summary>Bytes.</summary>
    public long? TotalCodeSize { get; set; }

    public long? FunctionCount { get; set; }
}
