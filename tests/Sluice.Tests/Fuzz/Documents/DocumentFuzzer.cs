using System.Text;

namespace Sluice.Tests.Fuzz.Documents;

/// <summary>Makes broken documents out of valid ones.</summary>
internal sealed class DocumentFuzzer
{
    private const int MostChanges = 3;

    private readonly IDocumentSyntax _syntax;
    private readonly IReadOnlyList<FuzzNode> _samples;
    private readonly NodeMutator _nodes;
    private readonly TextMutator _texts;

    /// <summary>A fuzzer over valid documents.</summary>
    /// <param name="syntax">The way in which the documents are written.</param>
    /// <param name="samples">The documents.</param>
    public DocumentFuzzer(IDocumentSyntax syntax, params IEnumerable<string> samples)
    {
        _syntax = syntax;
        _samples = [.. samples.Select(syntax.Read)];
        _nodes = new NodeMutator(_samples);
        _texts = new TextMutator(syntax.Signs);
    }

    /// <summary>
    /// The next document. Most are still well-formed, so that what reads them gets to what they say; some are not, and a few are no text.
    /// </summary>
    public byte[] Next(Random random) => Next(_samples[random.Next(_samples.Count)], random);

    /// <summary>The next document out of one of the samples.</summary>
    public byte[] NextOf(int sample, Random random) => Next(_samples[sample], random);

    private byte[] Next(FuzzNode sample, Random random)
    {
        var (isContent, isForm, isBytes) = random.Next(100) switch
        {
            < 70 => (true, false, false),
            < 85 => (false, true, false),
            < 95 => (true, true, false),
            _ => (random.Next(2) == 0, false, true),
        };
        var node = sample;
        for (var changes = isContent ? 1 + random.Next(MostChanges) : 0; changes > 0; changes--)
        {
            node = _nodes.Mutate(node, random);
        }

        var text = _syntax.Write(node, random);
        for (var changes = isForm ? 1 + random.Next(MostChanges) : 0; changes > 0; changes--)
        {
            text = _texts.Mutate(text, random);
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return isBytes ? TextMutator.Mutate(bytes, random) : bytes;
    }
}
