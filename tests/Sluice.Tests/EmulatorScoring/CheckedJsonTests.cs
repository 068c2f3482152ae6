using System.Text;
using System.Text.Json;
using Sluice.Emulator.Scoring.Mlflow;

namespace Sluice.Tests.EmulatorScoring;

/// <summary>It checks nothing and must all the same find each value where a strict reader finds it.</summary>
[Category("Unit")]
internal sealed class CheckedJsonTests
{
    [TestCase("[]")]
    [TestCase(" [ ] ")]
    [TestCase("[1,-0,12.5,1e3,-2E-7,0.0]")]
    [TestCase("[ true , false,null ]")]
    [TestCase("""["","a","\"","\\","\\\"]","a\u00e9","häßlich","[{,:}]"]""")]
    [TestCase("""[[1,[2,"]"]],{"a":{"b":"}"}},[],{}]""")]
    [TestCase("[\n\t1 ,\r\n \"x\"\t]")]
    public void Values_of_a_list_stand_where_a_strict_reader_finds_them(string json)
    {
        var text = Encoding.UTF8.GetBytes(json);

        Assert.That(Read(text), Is.EqualTo(ReadStrictly(text)));
    }

    [Test]
    public void Names_and_values_of_an_object_come_in_turn()
    {
        var text = """ {"columns" : ["a"], "da\u0074a":[[1 , 2]] } """u8.ToArray();

        Assert.That(Read(text), Is.EqualTo(ReadStrictly(text)));
    }

    [Test]
    public void Lists_drawn_by_chance_are_read_alike([Range(1, 200)] int seed)
    {
        var text = Encoding.UTF8.GetBytes(List(new Random(seed), depth: 0));

        Assert.That(Read(text), Is.EqualTo(ReadStrictly(text)), Encoding.UTF8.GetString(text));
    }

    private static List<Cell> Read(byte[] text)
    {
        var nested = Whole(text);
        var reader = new CheckedJson(text, nested);
        var cells = new List<Cell>();
        while (reader.MoveNext())
        {
            cells.Add(reader.Read());
        }

        return cells;
    }

    private static List<Cell> ReadStrictly(byte[] text)
    {
        var reader = new Utf8JsonReader(text);
        reader.Read();
        var cells = new List<Cell>();
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var kind = reader.ValueIsEscaped ? CellKind.EscapedText : CellKind.Text;
                cells.Add(new Cell(kind, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
            }
            else
            {
                cells.Add(Cell.Read(ref reader, offset: 0));
            }
        }

        return cells;
    }

    private static Cell Whole(byte[] text)
    {
        var reader = new Utf8JsonReader(text);
        reader.Read();
        return Cell.Read(ref reader, offset: 0);
    }

    private static string List(Random random, int depth) =>
        $"[{string.Join(random.Next(2) == 0 ? "," : " ,\n", Enumerable.Range(0, random.Next(6)).Select(_ => Value(random, depth)))}]";

    private static string Value(Random random, int depth) => random.Next(depth < 4 ? 8 : 6) switch
    {
        0 => $"{random.Next(-1000, 1000)}",
        1 => JsonSerializer.Serialize(random.NextDouble() * Math.Pow(10, random.Next(-20, 20))),
        2 => "true",
        3 => "null",
        4 => JsonSerializer.Serialize(string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => "\"\\[]{},:aé€"[random.Next(11)]))),
        5 => "\"plain\"",
        6 => List(random, depth + 1),
        _ => $$"""{"a" : {{Value(random, depth + 1)}},"]":{{Value(random, depth + 1)}}}""",
    };
}
