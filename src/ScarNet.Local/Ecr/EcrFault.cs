using ScarNet.Local.Http;

namespace ScarNet.Local.Ecr;

/// <summary>ECR's own errors. Source: docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html and the operations' own pages.</summary>
internal static class EcrFault
{
    public static ApiException NoRepository(string name, string account) => new(
        400, "RepositoryNotFoundException", $"The repository with name '{name}' does not exist in the registry with id '{account}'");

    public static ApiException Exists(string name, string account) => new(
        400, "RepositoryAlreadyExistsException", $"The repository with name '{name}' already exists in the registry with id '{account}'");

    public static ApiException NotEmpty(string name, string account) => new(
        400, "RepositoryNotEmptyException", $"The repository with name '{name}' in registry with id '{account}' cannot be deleted because it still contains images");

    public static ApiException NoImage(string repository, string image, string account) => new(
        400, "ImageNotFoundException", $"The image with imageId {{{image}}} does not exist within the repository with name '{repository}' in the registry with id '{account}'");

    public static ApiException Invalid(string what) => new(400, "InvalidParameterException", $"Invalid parameter at {what}");
}
