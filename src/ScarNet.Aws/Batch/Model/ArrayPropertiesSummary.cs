namespace ScarNet.Aws.Batch.Model;

public sealed class ArrayPropertiesSummary
{
    public int? Size { get; set; }

    public int? Index { get; set; }

    public Dictionary<string, int>? StatusSummary { get; set; }

    public long? StatusSummaryLastUpdatedAt { get; set; }
}
