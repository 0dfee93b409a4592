using System.Text.Json;
using ScarNet.Core.Patterns;

namespace ScarNet.Tests.Events;

/// <summary>Patterns as docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html has them.</summary>
public sealed class MatchingEventPatterns
{
    private const string Event =
        """
        {"source":"aws.s3","detail-type":"Object Created","resources":["arn:aws:s3:::a","arn:aws:s3:::b"],
         "detail":{"bucket":{"name":"photos"},"object":{"key":"in/A photo.JPG","size":1200,"etag":"x"},"none":null,"yes":true,"empty":[],
                   "items":[{"kind":"a","n":1},{"kind":"b","n":2}]}}
        """;

    [Theory]
    [InlineData("""{"source":["aws.s3"]}""", true)]
    [InlineData("""{"source":["aws.batch","aws.s3"]}""", true)]
    [InlineData("""{"source":["AWS.S3"]}""", false)]
    [InlineData("""{"source":["aws.s3"],"detail-type":["Object Deleted"]}""", false)]
    [InlineData("""{"resources":["arn:aws:s3:::b"]}""", true)]
    [InlineData("""{"resources":["arn:aws:s3:::c"]}""", false)]
    [InlineData("""{"detail":{"object":{"size":[1200]}}}""", true)]
    [InlineData("""{"detail":{"object":{"size":[1200.0]}}}""", false)]
    [InlineData("""{"detail":{"none":[null]}}""", true)]
    [InlineData("""{"detail":{"yes":[true]}}""", true)]
    [InlineData("""{"detail":{"yes":[false]}}""", false)]
    [InlineData("""{"detail":{"object":{"key":[{"prefix":"in/"}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"key":[{"prefix":"IN/"}]}}}""", false)]
    [InlineData("""{"detail":{"object":{"key":[{"prefix":{"equals-ignore-case":"IN/"}}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"key":[{"suffix":".JPG"}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"key":[{"suffix":".jpg"}]}}}""", false)]
    [InlineData("""{"detail":{"object":{"key":[{"suffix":{"equals-ignore-case":".jpg"}}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"key":[{"equals-ignore-case":"IN/a PHOTO.jpg"}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"key":[{"wildcard":"in/*.JPG"}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"key":[{"wildcard":"*photo*"}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"key":[{"wildcard":"in/*.png"}]}}}""", false)]
    [InlineData("""{"detail":{"object":{"key":[{"anything-but":"in/B"}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"key":[{"anything-but":["in/B","in/A photo.JPG"]}]}}}""", false)]
    [InlineData("""{"detail":{"object":{"key":[{"anything-but":{"prefix":"failed/"}}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"key":[{"anything-but":{"suffix":[".png",".JPG"]}}]}}}""", false)]
    [InlineData("""{"detail":{"object":{"key":[{"anything-but":{"wildcard":"*/A*"}}]}}}""", false)]
    [InlineData("""{"detail":{"object":{"nothing":[{"anything-but":"x"}]}}}""", false)]
    [InlineData("""{"detail":{"object":{"size":[{"numeric":[">",1000]}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"size":[{"numeric":[">=",1200,"<",1200.5]}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"size":[{"numeric":["=",1.2e3]}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"size":[{"numeric":["<",1200]}]}}}""", false)]
    [InlineData("""{"detail":{"object":{"size":[{"exists":true}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"version-id":[{"exists":false}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"size":[{"exists":false}]}}}""", false)]
    [InlineData("""{"detail":{"object":[{"exists":true}]}}""", false)]
    [InlineData("""{"detail":{"empty":[{"exists":true}]}}""", false)]
    [InlineData("""{"detail":{"items":{"kind":["b"]}}}""", true)]
    [InlineData("""{"detail":{"items":{"kind":["a"],"n":[2]}}}""", false)]
    [InlineData("""{"detail":{"$or":[{"bucket":{"name":["music"]}},{"object":{"size":[{"numeric":[">",1]}]}}]}}""", true)]
    [InlineData("""{"source":["aws.s3"],"$or":[{"detail-type":["x"]},{"region":["y"]}]}""", false)]
    [InlineData("""{"detail":{"$or":[{"yes":[true]},{"yes":[false]}],"bucket":{"name":["music"]}}}""", false)]
    public void TakesWhatEventBridgeTakes(string pattern, bool taken)
    {
        using var document = JsonDocument.Parse(Event);

        Assert.Equal(taken, EventPattern.Parse(pattern).Matches(document.RootElement));
    }

    [Theory]
    [InlineData("a*c", "abc", true)]
    [InlineData("a*c", "ac", true)]
    [InlineData("ab*bc", "abc", false)]
    [InlineData("*a*b*", "xaybz", true)]
    [InlineData("a*bb*b", "abbb", true)]
    [InlineData("a*bb*b", "abb", false)]
    [InlineData("""a\**""", "a*b", true)]
    [InlineData("""a\**""", "ab", false)]
    [InlineData("""a\\*""", """a\b""", true)]
    [InlineData("", "", true)]
    public void TakesAnyTextForAWildcard(string wildcard, string text, bool taken)
    {
        Assert.Equal(taken, Wildcard.Parse(wildcard).Matches(text));
    }

    [Theory]
    [InlineData("", "Event pattern is not valid. Reason: *")]
    [InlineData("[]", "Event pattern is not valid. Reason: Filter is not an object")]
    [InlineData("{}", "Event pattern is not valid. Reason: Empty objects are not allowed")]
    [InlineData("""{"source":"aws.s3"}""", "Event pattern is not valid. Reason: \"source\" must be an object or an array")]
    [InlineData("""{"source":[]}""", "Event pattern is not valid. Reason: Empty arrays are not allowed")]
    [InlineData("""{"source":[{"like":"x"}]}""", "Event pattern is not valid. Reason: Unrecognized match type like")]
    [InlineData("""{"source":[{"prefix":1}]}""", "Event pattern is not valid. Reason: prefix match pattern must be a string")]
    [InlineData("""{"source":[{"wildcard":"a**b"}]}""", "Event pattern is not valid. Reason: Consecutive wildcard characters at pos 1")]
    [InlineData("""{"source":[{"wildcard":"a\\b"}]}""", "Event pattern is not valid. Reason: Invalid escape character at pos 1")]
    [InlineData("""{"n":[{"numeric":["<"]}]}""", "Event pattern is not valid. Reason: Bad numeric range operator*")]
    [InlineData("""{"n":[{"exists":1}]}""", "Event pattern is not valid. Reason: exists match pattern must be either true or false.")]
    [InlineData("""{"$or":[{"a":["b"]}]}""", "Event pattern is not valid. Reason: '$or' must be a list of at least two objects")]
    public void RefusesWhatIsNone(string pattern, string message)
    {
        var refusal = Assert.Throws<FormatException>(() => EventPattern.Parse(pattern));

        Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(message).Replace("\\*", ".*", StringComparison.Ordinal), refusal.Message);
    }

    [Theory]
    [InlineData("""{"source":["aws.s3"],"detail":{"object":{"size":[5]}}}""", true)]
    [InlineData("""{"source":["aws.batch"]}""", false)]
    [InlineData("""{"detail":{"bucket":{"name":[{"prefix":"pho"}]}}}""", true)]
    [InlineData("""{"detail":{"bucket":{"name":["music"]}}}""", false)]
    public void SaysWhetherAnEventOfWhichLittleIsKnownCouldFit(string pattern, bool may)
    {
        using var known = JsonDocument.Parse("""{"source":"aws.s3","detail":{"bucket":{"name":"photos"}}}""");

        Assert.Equal(may, EventPattern.Parse(pattern).MayMatch(known.RootElement));
    }
}
