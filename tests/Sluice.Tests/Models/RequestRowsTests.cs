using System.Text.Json;
using HeartClassifier.Trainer.Data;
using HeartClassifier.Trainer.Onnx;

namespace Sluice.Tests.Models;

[Category("Unit")]
internal sealed class RequestRowsTests
{
    private readonly JsonElement _frame = JsonElement.Parse(File.ReadAllBytes(Repository.File("config/requests.json")));

    [Test]
    public void There_are_at_least_200_rows_and_no_two_are_alike()
    {
        var rows = FrameRows.Rows(_frame).Select(row => string.Join(", ", row)).ToList();

        Assert.That(rows, Has.Count.AtLeast(200).And.Unique);
    }

    [TestCase("v1")]
    [TestCase("v2")]
    public void Every_row_fits_the_signature(string version)
    {
        var inputs = new ModelFolder(version).Inputs;

        Assert.That(FrameRows.Columns(_frame), Is.EqualTo(inputs.Select(column => column.Name)));
        Assert.That(FrameRows.Rows(_frame), Is.All.Matches<JsonElement[]>(row => SignatureColumn.Take(inputs, row!)));
    }

    [TestCase("age", 20, 90)]
    [TestCase("trestbps", 80, 220)]
    [TestCase("chol", 100, 600)]
    [TestCase("thalach", 60, 220)]
    [TestCase("oldpeak", 0, 7)]
    public void Every_measurement_is_one_that_a_patient_can_have(string column, double least, double most)
    {
        Assert.That(Values(column).Select(value => value.GetDouble()), Is.All.InRange(least, most));
    }

    [Test]
    public void Oldpeak_has_at_most_one_decimal()
    {
        var tenths = Values("oldpeak").Select(value => value.GetDecimal() * 10);

        Assert.That(tenths, Is.All.Matches<decimal>(value => value == decimal.Truncate(value)));
    }

    [Test]
    public void Every_code_is_known_and_every_known_code_occurs()
    {
        foreach (var column in HeartSchema.Numbers.Where(column => column.IsCategorical))
        {
            Assert.That(Values(column.Name).Select(value => value.GetInt32()).Distinct(), Is.EquivalentTo(column.Codes), column.Name);
        }

        Assert.That(Values("thal").Select(value => value.GetString()!).Distinct(), Is.EquivalentTo(HeartSchema.ThalWords));
    }

    [Test]
    public void The_versions_disagree_on_some_rows_and_agree_on_most()
    {
        var rows = FrameRows.ToHeartRows(_frame);
        using var v1 = new OnnxScorer(new ModelFolder("v1").Model);
        using var v2 = new OnnxScorer(new ModelFolder("v2").Model);

        var differing = v1.Predict(rows).Zip(v2.Predict(rows)).Count(pair => pair.First.Target != pair.Second.Target);

        Assert.That(differing, Is.GreaterThan(0).And.LessThan(rows.Count / 4));
    }

    [Test]
    public void No_row_is_a_row_of_the_data()
    {
        var data = HeartDataFile.RowsOrIgnore();

        var copies = FrameRows.ToHeartRows(_frame).Where(row => data.Any(row.HasInputsOf));

        Assert.That(copies, Is.Empty);
    }

    private IEnumerable<JsonElement> Values(string column)
    {
        var index = FrameRows.Columns(_frame).ToList().IndexOf(column);
        return FrameRows.Rows(_frame).Select(row => row[index]);
    }
}
