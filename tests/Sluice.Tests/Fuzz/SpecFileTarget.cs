using Sluice.Rollouts.Spec.Reading;
using Sluice.Rollouts.Spec.Reading.Documents;
using Sluice.Tests.Fuzz.Documents;
using Sluice.Tests.Spec;

namespace Sluice.Tests.Fuzz;

/// <summary>One file of a complete configuration, which is read as a whole with this file broken.</summary>
/// <param name="folder">The configuration, all right but for the file.</param>
/// <param name="file">The file.</param>
/// <param name="parse">The parser that the reader reads the file with.</param>
internal sealed class SpecFileTarget(SpecFolder folder, string file, Func<string, string, Mistakes, SpecNode> parse)
{
    /// <summary>Makes the file of a fuzzer's document.</summary>
    public static FuzzDocument Of(byte[] bytes) => new(InsidePaths.Of(bytes));

    /// <summary>Reads the configuration: nothing is thrown, and each mistake has a sentence and a place that is there.</summary>
    public Reach Read(FuzzDocument document)
    {
        var path = folder.File(file);
        File.WriteAllBytes(path, document.Bytes);

        var reading = folder.Read();

        FindingException.ThrowUnless(
            reading.Spec is null == reading.Mistakes.Length > 0, "A spec comes with mistakes, or nothing comes and no mistake.");
        var text = File.ReadAllText(path);
        var lines = text.ReplaceLineEndings("\n").Count(letter => letter == '\n') + 1;
        foreach (var mistake in reading.Mistakes.Concat(reading.Notes))
        {
            FindingException.ThrowUnlessSentence(mistake.Message);
            FindingException.ThrowUnless(mistake.File.Length > 0, "A mistake has no file.");
            if (mistake.File.EndsWith(file, StringComparison.Ordinal) && mistake.Line is { } line)
            {
                FindingException.ThrowUnless(
                    line >= 1 && line <= lines + 1 && mistake.Column >= 1, "A mistake is at a place that is not there.");
            }
        }

        return reading.Spec is not null ? Reach.Accepted : IsParsed(path, text) ? Reach.Judged : Reach.Unparsed;
    }

    private bool IsParsed(string path, string text)
    {
        try
        {
            _ = parse(path, text, new Mistakes());
            return true;
        }
        catch (SyntaxException)
        {
            return false;
        }
    }
}
