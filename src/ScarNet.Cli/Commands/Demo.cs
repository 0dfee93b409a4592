using ScarNet.Cli.Local;
using ScarNet.Cli.Output;
using ScarNet.Cli.Trials;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet demo</c>: the example wordcount, which needs nothing but a shell.</summary>
internal sealed class Demo(Session session)
{
    private const int WordsShown = 3;

    public async Task<int> Run(string to, EngineOptions engine, CancellationToken cancellation)
    {
        var example = Installation.Example("wordcount");
        var pipeline = PipelineFiles.Load([Path.Join(example, "pipeline.yaml")], session)
            ?? throw new ScarException($"the example in '{example}' was changed and is no longer right");
        var texts = Path.Join(example, "texts");
        session.Terminal.Say("Three functions count the words of some texts: one splits collections into works (Lambda), one counts");
        session.Terminal.Say("each work in parts (Batch), one adds the parts up (Lambda). Only their buckets tie them together.");
        var request = new TrialRequest(pipeline, [texts], to, Keep: false, Timeout: null, engine);
        var result = await new Trial(session.Terminal, session.Clock).Run(request, cancellation);
        StuckWork.Tell(session.Terminal, result.Stuck);
        var answer = TrialAnswer.Of(result, to);
        session.Terminal.Answer(session.Options.Json, answer, AnswerJson.Shapes.TrialAnswer, Text);
        return result.Succeeded ? ExitCode.Done : ExitCode.Failed;
    }

    private string Text(TrialAnswer answer)
    {
        var totals = answer.Runs
            .Where(run => run.Function == "wordcount-merge")
            .SelectMany(run => run.Outputs)
            .Order(StringComparer.Ordinal)
            .Select(output => Path.Join(answer.Directory, output))
            .Where(File.Exists)
            .ToList();
        var said = Columns.Of(["WORK", "MOST FREQUENT WORDS"], totals.Select(file => new[] { Path.GetFileNameWithoutExtension(file), MostFrequent(file) }));
        return $"{TrialText.Of(answer, session.Terminal.AnswerWidth)}\n\n{said}\n\nThe tables are in {Path.GetDirectoryName(totals.FirstOrDefault()) ?? answer.Directory}";
    }

    /// <summary>The first lines of a table: a count, a tab, a word.</summary>
    private static string MostFrequent(string table) =>
        string.Join(", ", File.ReadLines(table).Take(WordsShown).Select(line => line.Split('\t')).Where(row => row.Length == 2).Select(row => $"{row[1]} ({row[0]})"));
}
