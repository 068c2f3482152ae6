using System.Text;
using Sluice.Emulator.Scoring;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class PythonJsonTests
{
    // Each message was taken from json.loads of CPython before 3.13.
    [TestCase("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)")]
    [TestCase(" ", "Expecting value: line 1 column 2 (char 1)")]
    [TestCase("[", "Expecting value: line 1 column 2 (char 1)")]
    [TestCase("[1", "Expecting ',' delimiter: line 1 column 3 (char 2)")]
    [TestCase("[1,]", "Expecting value: line 1 column 4 (char 3)")]
    [TestCase("{\"a\":1,}", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)")]
    [TestCase("{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)")]
    [TestCase("{\"a\":}", "Expecting value: line 1 column 6 (char 5)")]
    [TestCase("{\"a\":1 \"b\":2}", "Expecting ',' delimiter: line 1 column 8 (char 7)")]
    [TestCase("{'a': 1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)")]
    [TestCase("{\"a\": 1} x", "Extra data: line 1 column 10 (char 9)")]
    [TestCase("{}{}", "Extra data: line 1 column 3 (char 2)")]
    [TestCase("abc", "Expecting value: line 1 column 1 (char 0)")]
    [TestCase("-", "Expecting value: line 1 column 1 (char 0)")]
    [TestCase("01", "Extra data: line 1 column 2 (char 1)")]
    [TestCase("1.", "Extra data: line 1 column 2 (char 1)")]
    [TestCase("1e", "Extra data: line 1 column 2 (char 1)")]
    [TestCase("\"abc", "Unterminated string starting at: line 1 column 1 (char 0)")]
    [TestCase("\"abc\\", "Unterminated string starting at: line 1 column 1 (char 0)")]
    [TestCase("\"a\nb\"", "Invalid control character at: line 1 column 3 (char 2)")]
    [TestCase("\"a\\x\"", "Invalid \\escape: line 1 column 3 (char 2)")]
    [TestCase("\"\\u12\"", "Invalid \\uXXXX escape: line 1 column 3 (char 2)")]
    [TestCase("\"\\u12zz\"", "Invalid \\uXXXX escape: line 1 column 3 (char 2)")]
    [TestCase("{\n  \"a\": 1,\n  \"b\"\n}", "Expecting ':' delimiter: line 4 column 1 (char 18)")]
    [TestCase("[\"😀\", x]", "Expecting value: line 1 column 7 (char 6)")]
    [TestCase("nul", "Expecting value: line 1 column 1 (char 0)")]
    [TestCase("[True]", "Expecting value: line 1 column 2 (char 1)")]
    public void What_is_not_JSON_gets_the_message_of_Pythons_decoder(string text, string expected)
    {
        var error = Assert.Throws<PythonJsonException>(() => PythonJson.Normalize(Encoding.UTF8.GetBytes(text)));

        Assert.That((error!.Message, error.IsDecodeError), Is.EqualTo((expected, true)));
    }

    [TestCase("[NaN, Infinity, -Infinity]", "[null,1e999,-1e999]")]
    [TestCase(" { \"a\" : [ 1 , -2.5e3 , \"x\\ud83d\\ude00\" ] } ", "{\"a\":[1,-2.5e3,\"x\\ud83d\\ude00\"]}")]
    [TestCase("\"NaN\"", "\"NaN\"")]
    public void What_Python_takes_for_JSON_is_normalised(string text, string expected)
    {
        var normal = PythonJson.Normalize(Encoding.UTF8.GetBytes(text));

        Assert.That(Encoding.UTF8.GetString(normal), Is.EqualTo(expected));
    }

    [TestCase("utf-8")]
    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    [TestCase("utf-32")]
    [TestCase("utf-32BE")]
    public void The_encoding_is_found_with_and_without_a_byte_order_mark(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] plain = encoding.GetBytes("""{"a": "é"}""");
        byte[] marked = [.. encoding.GetPreamble(), .. plain];

        Assert.That(Encoding.UTF8.GetString(PythonJson.Normalize(plain)), Is.EqualTo("""{"a":"é"}"""));
        Assert.That(Encoding.UTF8.GetString(PythonJson.Normalize(marked)), Is.EqualTo("""{"a":"é"}"""));
    }

    [Test]
    public void Bytes_that_are_no_text_break_Pythons_reader()
    {
        var error = Assert.Throws<PythonJsonException>(() => PythonJson.Normalize([(byte)'"', 0xC3, 0x28, (byte)'"']));

        Assert.That(error!.IsDecodeError, Is.False);
    }

    [Test]
    public void Nesting_without_end_breaks_Pythons_reader_and_not_the_process()
    {
        var error = Assert.Throws<PythonJsonException>(() => PythonJson.Normalize(Encoding.UTF8.GetBytes(new string('[', 200_000))));

        Assert.That(error!.IsDecodeError, Is.False);
        Assert.That(error.Message, Does.StartWith("RecursionError"));
    }

    [TestCase("plain", "\"plain\"")]
    [TestCase("a\"b\\c/d", "\"a\\\"b\\\\c/d\"")]
    [TestCase("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"")]
    [TestCase("\u0001\u007f", "\"\\u0001\\u007f\"")]
    [TestCase("é😀", "\"\\u00e9\\ud83d\\ude00\"")]
    [TestCase("<&'>", "\"<&'>\"")]
    public void A_text_is_written_in_ASCII_as_Python_writes_it(string text, string expected)
    {
        using var buffer = new PooledBuffer(16);

        new PythonJsonWriter(buffer).Text(text);

        Assert.That(Encoding.ASCII.GetString(buffer.Span), Is.EqualTo(expected));
    }
}
