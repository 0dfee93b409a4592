namespace ScarNet.Aws.Batch.Model;

public sealed class ArrayPropertiesDetail
{
    public Dictionary<string, int>? StatusSummary { get; set; }

    public long? StatusSummaryLastUpdatedAt { get; set; }

    public int? Size { get; set; }

    public int? Index { get; set; }
}
