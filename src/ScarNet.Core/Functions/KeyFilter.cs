namespace ScarNet.Core.Functions;

/// <summary>The filter of one S3 notification, decoded: at most one prefix and one suffix, empty for any.</summary>
public readonly record struct KeyFilter(string Prefix, string Suffix);
