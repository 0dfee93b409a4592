using System.Security.Cryptography;
using System.Text;

namespace ScarNet.Core.Jobs;

/// <summary>What the input file of a run is called. A key is untrusted: only its last part becomes a name, and never a path.</summary>
public static class InputNames
{
    // Source: limits.h, NAME_MAX. A key may have 1,024 bytes.
    private const int MaxBytes = 255;
    private const int LongestExtension = 32;

    /// <summary>The file name for a key: one path component, at most 255 bytes, the key's own last part wherever that can be one.</summary>
    /// <exception cref="ScarException">The key names no file, or no file can be called so.</exception>
    public static string FileNameOf(string key)
    {
        if (key.Contains('\0', StringComparison.Ordinal))
        {
            throw new ScarException(
                $"the key '{key.Replace("\0", "\\0", StringComparison.Ordinal)}' holds a NUL character, which no file name can",
                "copy the object to another key");
        }

        var name = key[(key.LastIndexOf('/') + 1)..];
        return name switch
        {
            "" => throw new ScarException($"the key '{key}' ends in '/' and names no file", "copy the object to another key"),
            "." or ".." => "_" + name,
            _ => Encoding.UTF8.GetByteCount(name) <= MaxBytes ? name : Shorten(name),
        };
    }

    // The start, a digest that keeps two long names apart, and the extension, by which programs tell formats.
    private static string Shorten(string name)
    {
        var dot = name.LastIndexOf('.');
        var extension = dot > 0 && Encoding.UTF8.GetByteCount(name.AsSpan(dot)) <= LongestExtension ? name[dot..] : "";
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];
        var end = $"~{digest}{extension}";
        var start = new StringBuilder();
        var room = MaxBytes - Encoding.UTF8.GetByteCount(end);
        foreach (var rune in name.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            start.Append(rune.ToString());
        }

        return start.Append(end).ToString();
    }
}
