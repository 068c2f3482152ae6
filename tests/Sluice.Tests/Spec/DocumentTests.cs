using FsCheck;
using FsCheck.Fluent;
using Sluice.Rollouts.Spec.Reading;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Tests.Spec;

/// <summary>JSON and YAML become one tree that knows its places.</summary>
[TestFixture]
[Category("Unit")]
public sealed class DocumentTests
{
    private static readonly string FilePath = Path.GetFullPath("document");

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    public void JSON_knows_the_place_of_every_key_and_value(string lineEnd)
    {
        var text = """
            {
              // a comment, with "quotes": and [brackets]
              "a" : 1 ,
              "b":/* another */[true,
                 -2.50, "x\ty"],"c"
              : { "d":null }
            }
            """.ReplaceLineEndings(lineEnd);

        var root = (SpecMap)JsonSource.Parse(FilePath, text, new Mistakes());

        Assert.That(Places(root), Is.EqualTo(new[]
        {
            "1,1 map", "3,3 a", "3,9 1", "4,3 b", "4,20 list", "4,21 true", "5,6 -2.50", "5,13 x\ty", "5,21 c", "6,5 map",
            "6,7 d", "6,11 null",
        }));
    }

    [Test]
    public void YAML_knows_the_place_of_every_key_and_value()
    {
        const string Text = """
            # a comment
            a : 1
            b:
              - true
              - "x\ty"
            c: {d: ~}
            """;

        var root = (SpecMap)YamlSource.Parse(FilePath, Text, new Mistakes());

        Assert.That(Places(root), Is.EqualTo(new[]
        {
            "2,1 map", "2,1 a", "2,5 1", "3,1 b", "4,3 list", "4,5 true", "5,5 x\ty", "6,1 c", "6,4 map", "6,5 d", "6,8 ~",
        }));
    }

    [TestCase("{\"a\": 1")]
    [TestCase("{\"a\" 1}")]
    [TestCase("{\"a\": [1, 2}")]
    [TestCase("{\"a\": }")]
    [TestCase("")]
    [TestCase("{} {}")]
    [TestCase("[1,,2]")]
    [TestCase("[NaN]")]
    [TestCase("[017]")]
    [TestCase("\"open")]
    [TestCase("[150\0, 1]")]
    [TestCase("[\"a\0b\"]")]
    public void Text_that_is_no_JSON_is_refused(string text)
    {
        Assert.That(() => JsonSource.Parse(FilePath, text, new Mistakes()), Throws.TypeOf<SyntaxException>());
    }

    [TestCase("a: [1")]
    [TestCase("a: 1\n b: 2")]
    [TestCase("a: 'open")]
    [TestCase("[a, b]: c")]
    [TestCase("a: &x [*x]")]
    [TestCase("<<: 1")]
    [TestCase("a: !!s@[ 1")]
    [TestCase("-  {|,\n|")]
    public void Text_that_is_no_YAML_is_refused(string text)
    {
        Assert.That(() => YamlSource.Parse(FilePath, text, new Mistakes()), Throws.TypeOf<SyntaxException>());
    }

    [TestCase("a:\n  b: 1\n\tc: 2\n", 3, 1)]
    [TestCase("a: 1\nb:\n\tc: 2\n", 3, 1)]
    public void A_tab_as_indentation_is_told_where_it_stands(string text, int line, int column)
    {
        var refusal = Assert.Throws<SyntaxException>(() => YamlSource.Parse(FilePath, text, new Mistakes()));

        Assert.That(refusal!.Place, Is.EqualTo(new Place(FilePath, line, column)), refusal.Message);
    }

    [Test]
    public void A_map_wins_over_what_it_merges()
    {
        const string Text = "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {a: 0, <<: [*x, *y]}";

        var root = (SpecMap)YamlSource.Parse(FilePath, Text, new Mistakes());

        var merged = (SpecMap)root.Find("z")!.Value;
        Assert.That(
            merged.Entries.Select(entry => $"{entry.Key}={((SpecScalar)entry.Value).Text}"),
            Is.EqualTo(new[] { "a=0", "b=1", "c=2" }));
    }

    [Test]
    public void JSON_that_is_written_again_is_the_same_JSON()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<Dictionary<NonNull<string>, (int, double, bool, string?)[]>>(), value =>
        {
            var json = Newtonsoft.Json.JsonConvert.SerializeObject(value
                .Where(entry => entry.Value.All(item => double.IsFinite(item.Item2)))
                .ToDictionary(entry => entry.Key.Get, entry => entry.Value.Select(item =>
                    new object?[] { item.Item1, item.Item2, item.Item3, item.Item4 })));

            return JsonText.Of(JsonSource.Parse(FilePath, json, new Mistakes())) == json;
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public void No_text_makes_a_parser_fail_in_another_way_than_with_a_syntax_error()
    {
        var pieces = Gen.Elements(
            "{", "}", "[", "]", ":", ",", "\"", "'", "a", "1", "-", "\n", "\r", "  ", "\t", "null", "//", "/*", "*/", "0x", "\\u",
            "&x", "*x", "<<", "#", "|", ">", "!!str", "%", "@");
        var texts = pieces.ArrayOf().Select(parts => string.Concat(parts)).ToArbitrary();

        Prop.ForAll(texts, text => FailsOrReads(JsonSource.Parse, text) && FailsOrReads(YamlSource.Parse, text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static bool FailsOrReads(Func<string, string, Mistakes, SpecNode> parse, string text)
    {
        try
        {
            return parse(FilePath, text, new Mistakes()) is not null;
        }
        catch (SyntaxException e)
        {
            return e.Message.Length > 0 && e.Place.Line >= 1 && e.Place.Column >= 1;
        }
    }

    private static IEnumerable<string> Places(SpecNode node) => node switch
    {
        SpecMap map => map.Entries
            .SelectMany(entry => Places(entry.Value).Prepend(At(entry.Place, entry.Key)))
            .Prepend(At(map.Place, "map")),
        SpecList list => list.Items.SelectMany(Places).Prepend(At(list.Place, "list")),
        SpecScalar scalar => [At(scalar.Place, scalar.Text)],
        _ => [],
    };

    private static string At(Place place, string text) => $"{place.Line},{place.Column} {text}";
}
