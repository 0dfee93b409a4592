namespace ScarNet.Local.Http;

/// <summary>An answer that says no: the gateway writes it in the service's own protocol.</summary>
public sealed class ApiException : Exception
{
    public ApiException()
        : this(500, "InternalError", "The engine failed.")
    {
    }

    public ApiException(string message)
        : this(500, "InternalError", message)
    {
    }

    public ApiException(string message, Exception innerException)
        : base(message, innerException)
    {
        Status = 500;
        Code = "InternalError";
    }

    /// <param name="status">HTTP status.</param>
    /// <param name="code">The service's own error code, such as NoSuchKey or ResourceNotFoundException.</param>
    /// <param name="message">For people.</param>
    /// <param name="details">Further members of the body, such as S3's BucketName.</param>
    public ApiException(int status, string code, string message, params ReadOnlySpan<(string Name, string Value)> details)
        : base(message)
    {
        Status = status;
        Code = code;
        Details = details.ToArray();
    }

    public int Status { get; }

    public string Code { get; }

    public IReadOnlyList<(string Name, string Value)> Details { get; } = [];

    /// <summary>Headers of the answer, such as Content-Range of a 416.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}
