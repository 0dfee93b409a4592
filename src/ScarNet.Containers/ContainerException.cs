namespace ScarNet.Containers;

/// <summary>A container could not be run. The message begins with ECS's word for it, as <c>CannotPullContainerError: …</c>.</summary>
public sealed class ContainerException : Exception
{
    public ContainerException()
    {
    }

    public ContainerException(string message)
        : base(message)
    {
    }

    public ContainerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public static ContainerException Pull(string image, string why) =>
        new($"CannotPullContainerError: image '{image}': {why}");

    public static ContainerException Create(string why) => new($"CannotCreateContainerError: {why}");

    public static ContainerException Start(string why) => new($"CannotStartContainerError: {why}");

    public static ContainerException Timeout(string call, TimeSpan limit) =>
        new($"DockerTimeoutError: Docker did not answer {call} within {limit.TotalSeconds:0} s");
}
