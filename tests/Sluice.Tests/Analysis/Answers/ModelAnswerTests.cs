using FsCheck;
using FsCheck.Fluent;
using Sluice.Rollouts.Analysis.Answers;
using Sluice.Rollouts.Spec;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Analysis.Answers;

[TestFixture]
[Category("Unit")]
internal sealed class ModelAnswerTests
{
    private static readonly string[] Pieces =
        ["[", "]", "{", "}", ",", ":", "\"a\"", "\"score\"", "\"text \"", "1", "1.0", "0.5", "1e999", "-0", "null", "true", "NaN", "-Infinity", "\"", "\\", "\"\\ud800\"", " "];

    private static readonly Arbitrary<string> Bodies = Gen.OneOf(
        Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)),
        Gen.Elements("[1]", "[0]", "[0.5]", "[0.25]", "[[0.1,0.9]]", "{\"a\":1}", "{\"a\":1.5}", "[]", "", "[1,0.5]"),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get)).ToArbitrary();

    private static readonly Arbitrary<(string One, string Other)> Pairs = Gen.Two(Bodies.Generator).ToArbitrary();

    // Labels.
    [TestCase("[1]", "[1]", true, TestName = "The same label agrees")]
    [TestCase("[1]", "[0]", false, TestName = "Another label does not")]
    [TestCase("[1]", " [ 1 ]\n", true, TestName = "White space is no part of an answer")]
    [TestCase("[1]", "[1,1]", false, TestName = "One label more is another answer")]
    [TestCase("[1]", "1", false, TestName = "A list is no value")]
    [TestCase("[1]", "[1.0]", false, TestName = "A float is no integer, as it may be a score")]
    [TestCase("[1]", "[\"1\"]", false, TestName = "A text is no number")]
    [TestCase("[\"yes\"]", "[\"yes\"]", true, TestName = "Texts are labels")]
    [TestCase("[\"caf\\u00e9\"]", "[\"café\"]", true, TestName = "An escape is the character that it stands for")]
    [TestCase("[\"score\"]", "[0.5]", false, TestName = "A text is no score, whatever it says")]
    [TestCase("[true]", "[false]", false, TestName = "True and false are labels")]
    [TestCase("[null]", "[1]", false, TestName = "Nothing is not a label")]
    [TestCase("""[{"target":1,"probability":0.83}]""", """[{"probability":0.11,"target":1}]""", true,
        TestName = "Neither the order of members nor a score is compared")]
    [TestCase("""[{"target":1,"probability":0.83}]""", """[{"target":0,"probability":0.83}]""", false, TestName = "The label beside a score is")]
    [TestCase("""{"predictions":[1,0]}""", """{"predictions":[1,0]}""", true, TestName = "MLflow's own wrapping is looked through")]
    [TestCase("""{"predictions":[1,0]}""", """{"outputs":[1,0]}""", false, TestName = "The name of a member is part of an answer")]
    [TestCase("what?", "what?", true, TestName = "What is no JSON is compared as text")]
    [TestCase("NaN", "NaN", true, TestName = "NaN is like NaN")]
    [TestCase("[NaN]", "[0.5]", false, TestName = "NaN is no score")]
    [TestCase("[1, NaN]", "[1, 0.5]", false, TestName = "Nor is it one beside a label")]
    [TestCase("[1, NaN]", "[1, \"NaN\"]", false, TestName = "NaN is no text")]
    [TestCase("[0.1234, -Infinity]", "[0.1235, -Infinity]", true, TestName = "Beside an infinity scores are scores")]
    [TestCase("[\"is NaN\\\"\", NaN]", "[\"is NaN\\\"\", NaN]", true, TestName = "In a text NaN is a part of it")]
    [TestCase("[1, \"NaN", "[1, \"NaN", true, TestName = "A text without an end is no JSON, whatever it says")]
    [TestCase("\"{\\\"label\\\": 1, \\\"score\\\": 0.81}\"", "\"{\\\"label\\\": 1, \\\"score\\\": 0.82}\"", true,
        TestName = "An object in a text is taken apart")]
    [TestCase("\"{\\\"label\\\": 1, \\\"score\\\": 0.81}\"", "\"{\\\"label\\\": 0, \\\"score\\\": 0.81}\"", false,
        TestName = "And another label in it is another answer")]
    [TestCase("\"[1]\"", "[1]", false, TestName = "A list in a text is none to whoever gets the answer")]
    [TestCase("\"[UNK]\"", "\"[UNK]\"", true, TestName = "A text may begin like a list")]
    [TestCase("[1e999]", "[1e999]", true, TestName = "A number that no double holds is compared as a label")]
    [TestCase("[\"\\ud800\"]", "[\"\\ud800\"]", true, TestName = "Half a character is compared as text")]
    [TestCase("", "", true, TestName = "No answer is like no answer")]
    [TestCase("[[0.1,0.9]]", "[[0.8,0.2]]", null, TestName = "Scores alone are not compared without a tolerance")]
    [TestCase("[]", "[]", null, TestName = "An empty list holds nothing to compare")]
    [TestCase("null", "null", null, TestName = "Nothing holds nothing to compare")]
    public void Labels_agree(string one, string other, bool? agrees) => Assert.Multiple(() =>
    {
        Assert.That(Read(one).Agrees(Read(other), scoreTolerance: null), Is.EqualTo(agrees));
        Assert.That(Read(other).Agrees(Read(one), scoreTolerance: null), Is.EqualTo(agrees), "the other way round");
    });

    [TestCase("[[0.1,0.9]]", "[[0.15,0.85]]", 0.06, true, TestName = "Scores within the tolerance agree")]
    [TestCase("[[0.1,0.9]]", "[[0.1,0.8]]", 0.06, false, TestName = "One score beyond it does not")]
    [TestCase("[0.5]", "[0.5,0.5]", 1, false, TestName = "One score more is another answer")]
    [TestCase("[1.5e-3]", "[0.0015]", 0, true, TestName = "An exponent is another way to write it")]
    [TestCase("[1.0]", "[1e0]", 0, true, TestName = "A whole number with an exponent is a score")]
    [TestCase("[1,0.5]", "[0,0.5]", 1, false, TestName = "A tolerance is none for labels")]
    [TestCase("[0.02,0.98]", "[0,1.0]", 0.05, true, TestName = "A certain class without a fraction is compared as a score")]
    [TestCase("[]", "[]", 0.1, true, TestName = "Nothing is like nothing where scores count")]
    public void Scores_agree(string one, string other, double tolerance, bool agrees) => Assert.Multiple(() =>
    {
        Assert.That(Read(one).Agrees(Read(other), tolerance), Is.EqualTo(agrees));
        Assert.That(Read(other).Agrees(Read(one), tolerance), Is.EqualTo(agrees), "the other way round");
    });

    [TestCase("""[{"target":1,"probability":0.83}]""", null, "1", 0.83)]
    [TestCase("""[{"target":1,"other":0.5,"probability":0.83}]""", "probability", "1", 0.83)]
    [TestCase("""[{"target":1,"probability":[0.17,0.83]}]""", "probability", "1", 0.83)]
    [TestCase("""[{"target":1,"probability":0.83}]""", "gone", "1", null)]
    [TestCase("[1]", null, "1", null)]
    [TestCase("""[{"probability":0.83,"model":7,"target":1}]""", null, "7", 0.83)]
    [TestCase("""{"score":0.91,"confidence":0.5}""", null, null, 0.91, TestName = "The first one is the one that stands first")]
    [TestCase("[[0.1,0.9]]", null, null, 0.9, TestName = "Of the probabilities of several classes it is the last one's")]
    [TestCase("""{"predictions":[[0.2,0.8],[0.6,0.4]]}""", null, null, 0.8, TestName = "Several rows are not several classes")]
    [TestCase("""{"predictions":[0.2,0.9]}""", null, null, 0.2, TestName = "A list of answers is not one of classes")]
    [TestCase("""{"predictions":[0.1,0.9]}""", null, null, 0.9, TestName = "Probabilities that make one are those of one row's classes")]
    [TestCase("""{"probabilities":[0.2,0.3,0.5]}""", null, null, 0.5, TestName = "So are those of three classes")]
    [TestCase("[0.3333,0.3333,0.3333]", null, null, 0.3333, TestName = "Rounded probabilities are probabilities")]
    [TestCase("[[0.0,1]]", null, null, 1.0, TestName = "A certain class is written without a fraction by some servers")]
    [TestCase("[-0.5,1.5]", null, null, -0.5, TestName = "What is negative is no probability")]
    [TestCase("[0,1]", null, "0", null, TestName = "Whole numbers that make one are labels")]
    [TestCase("[0.4,\"a\",0.6]", null, "\"a\"", 0.4, TestName = "A text among scores makes them no row of classes")]
    [TestCase("[[], [0.2, 0.8]]", null, null, 0.8, TestName = "An empty row has no score")]
    [TestCase("[null, 0.5, \"a\", 2]", null, "\"a\"", 0.5)]
    [TestCase("""{"probability":NaN,"target":1}""", null, "1", null, TestName = "Before NaN a label stands for an answer")]
    [TestCase("[NaN]", null, "NaN", null, TestName = "Where there is nothing else NaN does")]
    [TestCase("\"[0, 0.8]\"", null, "0", 0.8, TestName = "A list in a text has a label and a score")]
    [TestCase("[0.101,0.102,0.103,0.104,0.105,0.106,0.107,0.108,0.109,0.051]", null, null, 0.051, TestName = "Each of ten classes may be rounded")]
    [TestCase("[0.33,0.33,0.33]", null, null, 0.33, TestName = "Each of three may be to two digits")]
    [TestCase("[3.3e-1,3.3e-1,3.3e-1]", null, null, 0.33, TestName = "An exponent counts among the digits")]
    [TestCase("[0.3333333,0.3333333,0.33]", null, null, 0.3333333, TestName = "More digits are rounded less")]
    [TestCase("[0.4,0.5]", null, null, 0.4, TestName = "Of one digit the sum must be 1")]
    [TestCase("not JSON", null, "not JSON", null)]
    [TestCase("[1e999]", null, "1e999", null)]
    public void The_first_label_and_the_score_stand_for_an_answer(string body, string? field, string? label, double? score)
    {
        var answer = ModelAnswer.Read(body, new(null, field));

        Assert.That((answer.Label, answer.Score), Is.EqualTo((label, score)));
    }

    [Test]
    public void Members_that_are_ignored_are_no_part_of_an_answer()
    {
        var replay = ReplaySpec.Default with { Ignore = ["model_version", "ms"] };
        var one = ModelAnswer.Read("""{"model_version":"1","rows":[{"ms":17.5,"label":0,"score":0.25}]}""", replay);
        var other = ModelAnswer.Read("""{"model_version":"2","rows":[{"ms":18,"label":0,"score":0.25}]}""", replay);

        Assert.That(one.Agrees(other, scoreTolerance: 0), Is.True);
        Assert.That((one.Label, one.Score), Is.EqualTo(("0", 0.25)));
    }

    [TestCase("""{"id":7,"class":"a"}""", "\"a\"")]
    [TestCase("""[{"id":7,"out":{"class":[1,0]}}]""", "1")]
    [TestCase("""{"id":7}""", null)]
    public void A_member_may_be_named_that_is_the_label(string body, string? label) =>
        Assert.That(ModelAnswer.Read(body, ReplaySpec.Default with { LabelField = "class" }).Label, Is.EqualTo(label));

    [Test]
    public void What_is_nested_deeper_than_any_answer_is_compared_as_text()
    {
        var deep = new string('[', 40) + "0.5" + new string(']', 40);

        var answer = Read(deep);

        Assert.That((answer.Skeleton, answer.Scores.Length), Is.EqualTo((deep, 0)));
    }

    [TestCase("1", "1.0", true)]
    [TestCase("1", "1e0", true)]
    [TestCase("1", "\"1\"", false)]
    [TestCase("\"caf\\u00e9\"", "\"café\"", true)]
    [TestCase("\"a\"", "\"b\"", false)]
    [TestCase("true", "true", true)]
    [TestCase("true", "false", false)]
    [TestCase("\"\\ud800\"", "\"a\"", false)]
    [TestCase("no JSON", "\"no JSON\"", false)]
    public void A_label_is_right(string answered, string label, bool isRight) => Assert.Multiple(() =>
    {
        Assert.That(ModelAnswer.IsSameLabel(answered, label), Is.EqualTo(isRight));
        Assert.That(ModelAnswer.IsSameLabel(label, answered), Is.EqualTo(isRight), "the other way round");
    });

    [Test]
    public void Any_text_is_an_answer_that_is_like_itself() => Properties.Check(2000, Bodies, body =>
    {
        var answer = Read(body);
        Assert.That(answer.Agrees(Read(body), scoreTolerance: null), Is.Not.False, body);
        Assert.That(answer.Agrees(Read(body), scoreTolerance: 0), Is.True, body);
        Assert.That(answer.Scores, Has.All.Matches<double>(double.IsFinite), body);
        return Task.CompletedTask;
    });

    [Test]
    public void Agreement_is_the_same_in_both_directions() => Properties.Check(2000, Pairs, pair =>
    {
        foreach (var tolerance in new double?[] { null, 0, 0.3 })
        {
            Assert.That(
                Read(pair.One).Agrees(Read(pair.Other), tolerance), Is.EqualTo(Read(pair.Other).Agrees(Read(pair.One), tolerance)), $"{pair}");
        }

        return Task.CompletedTask;
    });

    private static ModelAnswer Read(string body) => ModelAnswer.Read(body, ReplaySpec.Default);
}
