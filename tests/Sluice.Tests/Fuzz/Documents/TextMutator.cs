namespace Sluice.Tests.Fuzz.Documents;

/// <summary>Breaks a text where its form is.</summary>
/// <param name="signs">Signs of the text's syntax.</param>
internal sealed class TextMutator(IReadOnlyList<string> signs)
{
    private const int LongestPiece = 40;
    private const int MostRepeats = 60;
    private const int MostBrackets = 5000;

    /// <summary>Marks of other encodings, bytes that UTF-8 does not have, and the start of a compressed file.</summary>
    private static readonly byte[][] Starts =
        [[0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0x00, 0x00, 0xFE, 0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0x1F, 0x8B]];

    /// <summary>The text with one change.</summary>
    public string Mutate(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(LongestPiece), text.Length - at);
        return random.Next(12) switch
        {
            0 or 1 => text.Remove(at, length),
            2 => text.Insert(at, text.Substring(at, length)),
            3 => text[..at],
            4 => text.Insert(random.Next(text.Length + 1), text.Substring(at, length)),
            5 => text.Insert(at, OddValues.Literal(random)),
            6 => text.Insert(at, OddValues.Text(random)),
            7 => text.Insert(at, string.Concat(Enumerable.Repeat(text.Substring(at, length), random.Next(MostRepeats)))),
            8 when random.Next(10) == 0 => text.Insert(at, new string("[{(<'\"-&*"[random.Next(9)], random.Next(MostBrackets))),
            9 when random.Next(4) == 0 => text.Replace("\n", random.Next(2) == 0 ? "\r" : "\r\n", StringComparison.Ordinal),
            _ => text.Remove(at, Math.Min(length, random.Next(2))).Insert(at, signs[random.Next(signs.Count)]),
        };
    }

    /// <summary>The bytes with one change, after which they may be no text any more.</summary>
    public static byte[] Mutate(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
        {
            return [(byte)random.Next(256)];
        }

        var at = random.Next(bytes.Length);
        switch (random.Next(4))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                return bytes[..at];
            default:
                return [.. Starts[random.Next(Starts.Length)], .. bytes];
        }
    }
}
